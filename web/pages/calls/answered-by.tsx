import { Button, Card, Collapse, Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type AnswerClass, type CallVerdict, callVerdict } from "../../../shared/answering.ts";
import { api } from "../../lib/api.ts";
import { formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../ui/use-act.ts";
import { callsKey } from "./call-api.ts";

/** Who answered, as it was heard, with the evidence; who knows better says so. */
export function AnsweredBy({ callId, verdict }: { callId: string; verdict: CallVerdict }) {
  const { t } = useTranslation();
  const mayCorrect = useCan("campaigns.run");
  const correct = useAct(
    (truth: AnswerClass) => api.put(`/calls/${callId}/answered-by`, callVerdict, { truth }),
    { stale: [callsKey], said: t("common.saved") },
  );
  const known = verdict.truth;
  const choices = (["human", "machine", "screener"] as const).filter(
    (name) => name !== (known ?? verdict.class),
  );
  return (
    <Card title={t("answering.verdict")}>
      <Flex vertical gap={10}>
        <Flex gap={8} wrap align="center">
          <Tag color={verdict.class === "human" ? "green" : "orange"}>
            {t(`answering.class.${verdict.class}`)}
          </Tag>
          <span>{t(`answering.reason.${verdict.reason}`)}</span>
          <Typography.Text type="secondary">
            {t("answering.after", { ms: verdict.decidedMs, share: formatShare(verdict.probability, 1) })}
          </Typography.Text>
          {verdict.sampled && <Tag>{t("answering.inSample")}</Tag>}
        </Flex>
        {known && (
          <span>
            {t("answering.truth", { class: t(`answering.class.${known}`) })}
            {verdict.truthSource && ` (${t(`answering.source.${verdict.truthSource}`)})`}
          </span>
        )}
        {mayCorrect && (
          <Flex gap={8} wrap>
            {choices.map((name) => (
              <Button
                key={name}
                size="small"
                loading={correct.isPending && correct.variables === name}
                onClick={() => correct.mutate(name)}
              >
                {t(`answering.itWas.${name}`)}
              </Button>
            ))}
          </Flex>
        )}
        <Collapse
          size="small"
          items={[
            {
              key: "evidence",
              label: t("answering.evidence", { model: verdict.model }),
              children: (
                <Flex wrap gap="4px 16px" className="num">
                  {Object.entries(verdict.features)
                    .filter(([name]) => !name.startsWith("band"))
                    .map(([name, value]) => (
                      <span key={name}>
                        {t(`answering.feature.${name}`, { defaultValue: name })}: {value}
                      </span>
                    ))}
                </Flex>
              ),
            },
          ]}
        />
      </Flex>
    </Card>
  );
}
