import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { type FloorAct, keyOf } from "./floor-keys.ts";

const acts: FloorAct[] = ["ready", "pause", "end-wrap-up", "sign-out", "message", "move"];

/** What can be done with all who are marked. */
export function BulkBar({
  selected,
  onAct,
  onClear,
}: {
  selected: number[];
  onAct: (act: FloorAct, userIds: number[]) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  if (selected.length === 0) return null;
  return (
    <Flex gap={8} wrap align="center" className="floor-bulk" role="toolbar" aria-label={t("floor.bulk")}>
      <strong>{t("floor.selected", { count: selected.length })}</strong>
      {acts.map((act) => (
        <Button key={act} size="small" aria-keyshortcuts={keyOf(act)} onClick={() => onAct(act, selected)}>
          {t(`control.act.${act}`)} <kbd>{keyOf(act)}</kbd>
        </Button>
      ))}
      <Button size="small" type="link" onClick={onClear}>
        {t("floor.clearSelection")}
      </Button>
    </Flex>
  );
}
