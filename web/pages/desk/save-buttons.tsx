import { Button, Dropdown, Space, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";

/** Ends the wrap-up, and says what comes next: the following call, or a pause. `finish` is false when refused. */
export function SaveButtons({ wrapUp, finish }: { wrapUp: boolean; finish: () => Promise<boolean> }) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  const { items, labelOf } = usePauseReasons();
  const saveAndReady = async () => {
    // First what follows, then the end of the wrap-up: no call can come in between.
    if (await run("ready", {})) await finish();
  };
  const saveAndPause = async (reasonId: number | undefined) => {
    if (reasonId !== undefined && (await run("pause", { reasonId }))) await finish();
  };
  useShortcuts({
    saveAndReady: wrapUp && (() => void saveAndReady()),
    saveAndPause: wrapUp && (() => void saveAndPause(items[0]?.id)),
  });
  if (!wrapUp) return <Typography.Text type="secondary">{t("desk.finishAfterCall")}</Typography.Text>;
  return (
    <Space.Compact block>
      <Button
        type="primary"
        size="large"
        block
        loading={busy === "summary"}
        aria-keyshortcuts={ariaKeys("saveAndReady")}
        onClick={() => void saveAndReady()}
      >
        {t("desk.saveAndReady")}
      </Button>
      <Dropdown
        trigger={["click"]}
        autoFocus
        menu={{
          items: items.map((reason) => ({ key: reason.id, label: labelOf(reason.id) })),
          onClick: ({ key }) => void saveAndPause(Number(key)),
        }}
      >
        <Button size="large">{t("desk.saveAndPause")}</Button>
      </Dropdown>
    </Space.Compact>
  );
}
