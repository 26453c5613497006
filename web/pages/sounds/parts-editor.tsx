import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Flex, Input, InputNumber, Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { type PromptPart, promptSignals } from "../../../shared/sounds.ts";
import { swapped } from "../../lib/swapped.ts";
import { useSounds } from "./sound-api.ts";

/** The dictionaries cannot hold them. */
const braces = { open: "{{", close: "}}" };

interface PartProps {
  part: PromptPart;
  onChange: (part: PromptPart) => void;
}

function Part({ part, onChange }: PartProps) {
  const { t } = useTranslation();
  const sounds = useSounds().data?.items ?? [];
  const label = t(`sounds.part.${part.kind}`);
  switch (part.kind) {
    case "text":
      return (
        <Input.TextArea
          aria-label={label}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          placeholder={t("sounds.textExample", braces)}
          value={part.text}
          onChange={(event) => onChange({ ...part, text: event.target.value })}
        />
      );
    case "sound":
      return (
        <Select
          aria-label={label}
          style={{ width: "100%" }}
          value={part.soundId}
          options={sounds.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(soundId) => onChange({ ...part, soundId })}
        />
      );
    case "tone":
      return (
        <Select
          aria-label={label}
          style={{ width: "100%" }}
          value={part.signal}
          options={promptSignals.map((value) => ({ value, label: t(`sounds.signal.${value}`) }))}
          onChange={(signal) => onChange({ ...part, signal })}
        />
      );
    case "silence":
      return (
        <InputNumber<number>
          aria-label={label}
          min={20}
          max={10_000}
          step={100}
          value={part.ms}
          suffix={t("sounds.milliseconds")}
          onChange={(ms) => onChange({ ...part, ms: ms ?? 500 })}
        />
      );
  }
}

/** The parts of a prompt in order. */
export function PartsEditor({
  parts,
  onChange,
}: {
  parts: PromptPart[];
  onChange: (parts: PromptPart[]) => void;
}) {
  const { t } = useTranslation();
  const sounds = useSounds().data?.items ?? [];
  const first = sounds[0];
  const fresh: Record<PromptPart["kind"], PromptPart | undefined> = {
    text: { kind: "text", text: "" },
    sound: first && { kind: "sound", soundId: first.id },
    tone: { kind: "tone", signal: "confirmation" },
    silence: { kind: "silence", ms: 500 },
  };
  return (
    <Flex vertical gap={8}>
      {parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have no name but their place
        <Flex key={index} gap={8} align="start">
          <div style={{ flex: 1 }}>
            <Part part={part} onChange={(next) => onChange(parts.with(index, next))} />
          </div>
          <Space.Compact>
            <Button
              icon={<ArrowUpOutlined />}
              aria-label={t("common.up")}
              disabled={index === 0}
              onClick={() => onChange(swapped(parts, index, index - 1))}
            />
            <Button
              icon={<ArrowDownOutlined />}
              aria-label={t("common.down")}
              disabled={index === parts.length - 1}
              onClick={() => onChange(swapped(parts, index, index + 1))}
            />
            <Button
              icon={<DeleteOutlined />}
              aria-label={t("common.remove")}
              disabled={parts.length === 1}
              onClick={() => onChange(parts.toSpliced(index, 1))}
            />
          </Space.Compact>
        </Flex>
      ))}
      <Space wrap>
        {(["text", "sound", "tone", "silence"] as const).map((kind) => {
          const part = fresh[kind];
          return (
            <Button
              key={kind}
              size="small"
              disabled={!part}
              onClick={() => part && onChange([...parts, part])}
            >
              + {t(`sounds.part.${kind}`)}
            </Button>
          );
        })}
      </Space>
    </Flex>
  );
}
