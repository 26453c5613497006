import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IvrTried } from "../../../shared/ivr/outside.ts";
import { useAct } from "../../ui/use-act.ts";

/** What came of trying a connection, and what to mend. */
function TriedAnswer({ tried }: { tried: IvrTried }) {
  const { t } = useTranslation();
  const said = tried.ok
    ? t("ivrSources.works", { ms: tried.ms })
    : t(`ivrSources.why.${tried.why ?? "protocol"}`);
  const detail = tried.mayWrite ? t("ivrSources.mayWrite") : tried.detail;
  return (
    <Alert
      role="status"
      type={!tried.ok ? "error" : tried.mayWrite ? "warning" : "success"}
      showIcon
      title={said}
      description={detail || undefined}
    />
  );
}

/** Tries a connection, and tells its answer below. */
export function TryButton({ name, onTry }: { name: string; onTry: () => Promise<IvrTried | null> }) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<IvrTried | null>(null);
  const act = useAct(onTry, { onDone: setTried });
  return (
    <div style={{ display: "grid", gap: 8, justifyItems: "start" }}>
      <Button
        size="small"
        loading={act.isPending}
        aria-label={`${t("ivrSources.try")}: ${name}`}
        onClick={() => act.mutate(undefined)}
      >
        {t("ivrSources.try")}
      </Button>
      {tried && !act.isPending && <TriedAnswer tried={tried} />}
    </div>
  );
}
