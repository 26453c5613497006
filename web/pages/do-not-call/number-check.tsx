import { Alert, Card, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type NumberCheck, numberCheck } from "../../../shared/registers.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useAct } from "../../ui/use-act.ts";

/** What every source says of one number. */
export function NumberCheckCard() {
  const { t } = useTranslation();
  const [found, setFound] = useState<NumberCheck>();
  const check = useAct((phone: string) => api.get("/do-not-call/check", numberCheck, { phone }), {
    onDone: setFound,
  });
  const listed =
    found && (found.entries.length > 0 || found.registers.some((register) => register.listed === true));
  return (
    <Card title={t("registers.check")}>
      <Input.Search
        style={{ maxWidth: 360 }}
        placeholder={t("common.phone")}
        aria-label={t("common.phone")}
        enterButton={t("common.search")}
        loading={check.isPending}
        onSearch={(phone) => phone.trim() && check.mutate(phone.trim())}
      />
      {found && (
        <Alert
          style={{ marginTop: 12 }}
          showIcon
          type={listed ? "warning" : "info"}
          title={`${formatPhone(found.phone)}: ${t(listed ? "registers.isListed" : "registers.isNotListed")}`}
          description={
            <>
              {found.entries.map((entry) => (
                <div key={`${entry.createdAt} ${entry.campaign?.id ?? ""}`}>
                  {entry.campaign?.name ?? t("doNotCall.everywhere")} ·{" "}
                  {t(`doNotCall.sources.${entry.source}`, { defaultValue: entry.source })} · {entry.by}{" "}
                  {formatInstant(entry.createdAt)} {entry.reason}
                </div>
              ))}
              {found.registers.map((register) => (
                <div key={register.id}>
                  {register.name}: {t(`registers.says.${String(register.listed)}`)}{" "}
                  {formatInstant(register.asOf)}
                </div>
              ))}
            </>
          }
        />
      )}
    </Card>
  );
}
