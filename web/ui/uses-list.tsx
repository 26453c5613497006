import { Typography } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Use } from "../../shared/uses.ts";
import { formatPhone } from "../lib/format-phone.ts";

/** Where it is changed. */
function pathOf({ kind, id }: Use): string {
  switch (kind) {
    case "flow":
    case "flow-draft":
      return `/ivr/${id}`;
    case "queue":
    case "queue-waiting":
    case "queue-overflow":
      return "/queues";
    case "survey":
      return "/satisfaction?tab=surveys";
    case "campaign":
      return `/campaigns/${id}`;
    case "campaign-message":
      return `/campaigns/${id}/message`;
    case "wallboard":
      return `/wallboards/${id}`;
    case "number":
      return "/numbers";
    case "settings":
    case "greeting":
    case "prompt":
      return "/sounds";
  }
}

/** Of settings, on the page of sounds. */
const wordOf: Record<string, string> = {
  abandonPromptId: "sounds.abandonMessage",
  voicemailPromptId: "sounds.voicemailNotice",
  holdSoundIds: "sounds.holdMusic",
};

function nameOf({ kind, name }: Use, t: TFunction): string {
  if (kind === "settings") return t(wordOf[name] ?? "navigation.settings");
  return kind === "number" && name.startsWith("+") ? formatPhone(name) : name;
}

/** Who uses something, each with the way there. Its links are followed by `onOpen`: a dialog lies outside of the pages. */
export function UsesList({ uses, onOpen }: { uses: readonly Use[]; onOpen: (path: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Typography.Paragraph>{t("uses.help")}</Typography.Paragraph>
      <ul style={{ paddingInlineStart: 18, maxHeight: 320, overflowY: "auto" }}>
        {uses.map((use) => (
          <li key={[use.kind, use.id, use.name, use.place].join(" ")}>
            <Typography.Link
              href={pathOf(use)}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onOpen(pathOf(use));
              }}
            >
              {nameOf(use, t)}
            </Typography.Link>{" "}
            <Typography.Text type="secondary">
              {t(`uses.kind.${use.kind}`)}
              {use.place && ` · ${use.place}`}
            </Typography.Text>
          </li>
        ))}
      </ul>
    </>
  );
}
