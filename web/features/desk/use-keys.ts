import { useEffect, useRef } from "react";
import { readSetting } from "../../lib/storage.ts";

/** `KeyM`, `Digit3`, `Slash+Shift`, `Enter+Ctrl`: `KeyboardEvent.code`, so that every keyboard layout serves. */
export type KeyBindings = Record<string, () => void>;

const setting = "desk.single-keys";
/** Single letters can be switched off (WCAG 2.1.4); with Alt they always work. */
export const singleKeysOn = () => readSetting(setting) !== "off";
export const singleKeysSetting = setting;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input:not([type=checkbox],[type=radio]), textarea, select")
  );
}

/** A button or a choice under focus keeps these for itself. */
function isOwnKey(event: KeyboardEvent): boolean {
  const onControl =
    event.target instanceof HTMLElement &&
    event.target.closest("button, a, [role=tab], [role=menuitem], [role=combobox]") !== null;
  return onControl && (event.code === "Enter" || event.code === "Space");
}

/** The binding's name for a key press, or undefined when the press belongs to the field in focus. */
export function bindingOf(event: KeyboardEvent, typing: boolean, singleKeys: boolean): string | undefined {
  if (event.isComposing || event.repeat || event.metaKey) return undefined;
  if (event.ctrlKey) return `${event.code}${event.shiftKey ? "+Shift" : ""}+Ctrl`;
  if (event.altKey) return event.code;
  if (typing || !singleKeys) return undefined;
  return event.shiftKey ? `${event.code}+Shift` : event.code;
}

/** Listens for shortcuts while the component lives; dialogs and menus above the page come first. */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isOwnKey(event)) return;
      if (document.querySelector(".ant-modal-wrap:not([style*='display: none'])")) return;
      const name = bindingOf(event, isTyping(event.target), singleKeysOn());
      const act = name === undefined ? undefined : latest.current[name];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
