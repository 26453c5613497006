import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ariaKeys, shortcuts } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";

interface Props {
  text: string;
  onChange: (text: string) => void;
  /** Enter: the first that was found. */
  onChoose: () => void;
}

/** Where a result is looked for by words; its shortcut goes there, Escape lets it be. */
export function DispositionSearch({ text, onChange, onChoose }: Props) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  useShortcuts({ findDisposition: () => input.current?.focus() });
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onChoose();
      input.current?.blur();
    } else if (event.key === "Escape") {
      onChange("");
      input.current?.blur();
    }
  };
  return (
    <Input
      ref={input}
      type="search"
      size="small"
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd aria-hidden>{shortcuts.findDisposition.keys[0]}</kbd>}
      value={text}
      aria-label={t("desk.findDisposition")}
      aria-keyshortcuts={ariaKeys("findDisposition")}
      placeholder={t("desk.findDisposition")}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={press}
    />
  );
}
