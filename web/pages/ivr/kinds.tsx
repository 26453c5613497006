import {
  ApartmentOutlined,
  ApiOutlined,
  AudioOutlined,
  BranchesOutlined,
  ClockCircleOutlined,
  CodeOutlined,
  CustomerServiceOutlined,
  DatabaseOutlined,
  EditOutlined,
  InboxOutlined,
  MailOutlined,
  MessageOutlined,
  NumberOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SmileOutlined,
  SoundOutlined,
  StarOutlined,
  TeamOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { BlockKind, IvrBlock } from "../../../shared/ivr/blocks.ts";

/** The palette: kinds by what they are for. The keys are those of their words: `ivr.group.<key>`. */
export const groups: readonly { key: string; kinds: readonly BlockKind[] }[] = [
  {
    key: "speak",
    kinds: ["greeting", "prompt", "menu", "speech-choice", "collect", "record", "satisfaction"],
  },
  { key: "decide", kinds: ["hours", "condition", "set", "verify", "http", "sql", "script"] },
  { key: "people", kinds: ["queue", "agent", "number", "voicemail", "callback", "message"] },
  { key: "path", kinds: ["sub-flow", "return", "hang-up"] },
];
export const groupOf = (kind: BlockKind) => groups.find(({ kinds }) => kinds.includes(kind))!.key;

export const kindIcons: Record<BlockKind, ReactNode> = {
  greeting: <SmileOutlined />,
  prompt: <SoundOutlined />,
  menu: <UnorderedListOutlined />,
  "speech-choice": <MessageOutlined />,
  collect: <NumberOutlined />,
  record: <AudioOutlined />,
  satisfaction: <StarOutlined />,
  hours: <ClockCircleOutlined />,
  condition: <BranchesOutlined />,
  set: <EditOutlined />,
  verify: <SafetyCertificateOutlined />,
  http: <ApiOutlined />,
  sql: <DatabaseOutlined />,
  script: <CodeOutlined />,
  queue: <TeamOutlined />,
  agent: <CustomerServiceOutlined />,
  number: <PhoneOutlined />,
  voicemail: <InboxOutlined />,
  callback: <UndoOutlined />,
  message: <MailOutlined />,
  "sub-flow": <ApartmentOutlined />,
  return: <RollbackOutlined />,
  "hang-up": <PoweroffOutlined />,
};

export const blockName = (t: TFunction, block: Pick<IvrBlock, "title" | "kind">) =>
  block.title || t(`ivr.kind.${block.kind}`);

/** An exit in words: a key with what it stands for, a case by its name. */
export function exitName(t: TFunction, block: IvrBlock, exit: string): string {
  if (block.kind === "menu") {
    const key = block.keys.find((one) => one.key === exit);
    if (key) return key.label ? `${exit} · ${key.label}` : t("ivr.keyNumber", { key: exit });
  }
  if (block.kind === "condition") {
    const found = block.cases.find(({ key }) => key === exit);
    if (found) return found.label || exit;
  }
  if (block.kind === "speech-choice") {
    const found = block.choices.find(({ key }) => key === exit);
    if (found) return found.label || exit;
    if (exit === "unavailable") return t("ivr.exit.noSpeech");
  }
  if (block.kind === "script" && exit !== "failed" && exit !== "next") return exit;
  return t(`ivr.exit.${exit}`);
}
