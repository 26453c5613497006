import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { errorText } from "../../lib/error-text.ts";
import type { useDraft } from "./use-draft.ts";

/** Whether what is drawn is stored. */
export function SaveNote({ draft, onReload }: { draft: ReturnType<typeof useDraft>; onReload: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={`ivr-save ivr-save-${draft.state}`} role="status">
      {t(`ivr.save.${draft.state}`)}
      {draft.state === "failed" && ` ${errorText(draft.error)}`}
      {draft.state === "elsewhere" && (
        <Button size="small" type="link" onClick={onReload}>
          {t("ivr.openAgain")}
        </Button>
      )}
    </span>
  );
}
