import { Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { MessageRow } from "../../../shared/voicemail.ts";
import { useAct } from "../../ui/use-act.ts";
import { changeMessage, voicemailKey } from "./voicemail-api.ts";

/** What is said in a message, or why that is not written down. */
export function MessageWords({ message }: { message: MessageRow }) {
  const { t, i18n } = useTranslation();
  const { id, transcript, transcriptState, transcriptError } = message;
  const again = useAct(changeMessage, { stale: [voicemailKey] });
  if (transcript === null && transcriptState === null) return null;
  if (transcript !== null)
    return (
      <Typography.Paragraph style={{ margin: "6px 0 0" }}>
        {transcript || t("voicemail.nothingUnderstood")}
      </Typography.Paragraph>
    );
  const key = `voicemail.words.error.${transcriptError}`;
  const why =
    transcriptError === null ? "" : i18n.exists(key) ? t(key as never) : t("voicemail.words.failed");
  return (
    <Typography.Paragraph type="secondary" style={{ margin: "6px 0 0" }}>
      {[why, transcriptState === "waiting" ? t(`voicemail.words.${why ? "again" : "waiting"}`) : ""]
        .filter(Boolean)
        .join(" ")}
      {transcriptState === "failed" && (
        <Button
          type="link"
          size="small"
          loading={again.isPending}
          onClick={() => again.mutate({ id, transcribe: true })}
        >
          {t("voicemail.words.retry")}
        </Button>
      )}
    </Typography.Paragraph>
  );
}
