import { Badge, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveTrunk } from "../../../shared/live.ts";

const colours = { up: "success", registering: "processing", down: "error", disabled: "default" } as const;

/** What the switch says of a trunk now. */
export function TrunkState({ live, enabled }: { live: LiveTrunk | undefined; enabled: boolean }) {
  const { t } = useTranslation();
  if (!enabled) return <Badge status="default" text={t("trunks.state.disabled")} />;
  if (!live) return <Badge status="default" text={t("trunks.state.unknown")} />;
  const badge = <Badge status={colours[live.state]} text={t(`trunks.state.${live.state}`)} />;
  return live.reason ? <Tooltip title={live.reason}>{badge}</Tooltip> : badge;
}
