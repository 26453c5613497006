import { Button, Flex, Select, Tag, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { phoneKinds } from "../../../shared/customers.ts";
import type { LeadDetail } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Phone } from "../../ui/phone.tsx";
import { useAct } from "../../ui/use-act.ts";
import { leadsKey } from "./list-api.ts";

/** One of a lead's numbers: its kind, how it answered last, and whether it is still dialled. */
export function LeadNumber({ lead, position }: { lead: LeadDetail; position: number }) {
  const { t } = useTranslation();
  const may = useCan("leads.import");
  const number = lead.numbers[position];
  const setKind = useAct(
    (kind: string) =>
      api.patch(`/leads/${lead.id}`, null, {
        phoneKinds: lead.numbers.map((other, i) => (i === position ? kind : other.kind)),
      }),
    { stale: [leadsKey] },
  );
  const revive = useAct(() => api.post(`/leads/${lead.id}/numbers/${position}/revive`, null, {}), {
    stale: [leadsKey],
    said: t("leadNumbers.revived"),
  });
  if (!number) return null;
  const { last } = number;
  const outcome = last && t(`outcome.${last.outcome}`);
  return (
    <Flex vertical gap={4}>
      <Flex wrap gap={8} align="center">
        <Phone value={number.phone} leadId={lead.id} />
        {may ? (
          <Select
            size="small"
            variant="filled"
            popupMatchSelectWidth={false}
            value={number.kind}
            loading={setKind.isPending}
            aria-label={t("leadNumbers.kindOf", { phone: number.phone })}
            options={phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
            onChange={(kind) => setKind.mutate(kind)}
          />
        ) : (
          <Typography.Text type="secondary">{t(`customers.kind.${number.kind}`)}</Typography.Text>
        )}
      </Flex>
      {(last ?? number.givenUp) && (
        <Flex wrap gap={8} align="center">
          {last && (
            <Tooltip title={formatInstant(new Date(last.at).toISOString())}>
              <Typography.Text type="secondary">
                {last.inRow > 1 ? t("leadNumbers.inRow", { outcome, times: last.inRow }) : outcome}
              </Typography.Text>
            </Tooltip>
          )}
          {number.givenUp && <Tag color="red">{t("leadNumbers.givenUp")}</Tag>}
          {may && number.givenUp && (
            <Button size="small" loading={revive.isPending} onClick={() => revive.mutate(undefined)}>
              {t("leadNumbers.revive")}
            </Button>
          )}
        </Flex>
      )}
    </Flex>
  );
}
