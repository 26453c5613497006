import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { QuestionOption } from "../../../../shared/scripts.ts";
import { swapped } from "../../../lib/swapped.ts";
import { freeKey } from "../document.ts";

interface Props {
  value: readonly QuestionOption[];
  /** `o` for options, `r` for rows; a key stays when its words change. */
  prefix: "o" | "r";
  name: string;
  add: string;
  onChange: (value: QuestionOption[]) => void;
}

/** Options, or rows, of a question; Enter adds one more. */
export function EntriesEditor({ value, prefix, name, add, onChange }: Props) {
  const { t } = useTranslation();
  const append = () => {
    const used = value.map((entry) => entry.key);
    onChange([...value, { key: freeKey(prefix, used), label: "" }]);
  };
  return (
    <Flex vertical gap={4} role="group" aria-label={name}>
      {value.map((entry, index) => (
        <Flex key={entry.key} gap={2} align="center">
          <span className="num script-entry-number">{index + 1}</span>
          <Input
            value={entry.label}
            size="small"
            maxLength={200}
            autoFocus={entry.label === "" && index === value.length - 1 && index > 1}
            status={entry.label.trim() === "" ? "error" : ""}
            aria-label={`${name} ${index + 1}`}
            onChange={(event) => onChange(value.with(index, { ...entry, label: event.target.value }))}
            onPressEnter={append}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={`${t("common.up")}: ${entry.label}`}
            disabled={index === 0}
            onClick={() => onChange(swapped(value, index, index - 1))}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined />}
            aria-label={`${t("common.down")}: ${entry.label}`}
            disabled={index === value.length - 1}
            onClick={() => onChange(swapped(value, index, index + 1))}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={`${t("common.delete")}: ${entry.label}`}
            onClick={() => onChange(value.toSpliced(index, 1))}
          />
        </Flex>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        style={{ alignSelf: "flex-start" }}
        onClick={append}
      >
        {add}
      </Button>
    </Flex>
  );
}
