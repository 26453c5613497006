import { useEffect, useRef } from "react";
import { readSetting } from "../../lib/storage.ts";
import { bindingOf } from "./key-binding.ts";

/** `KeyM`, `Digit3`, `Enter+Ctrl`: `KeyboardEvent.code`, so that every layout serves; `?` and `/` as they are typed. */
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

/** After a choice by number: a menu that fades out keeps the focus, and Enter would choose in it once more. */
export function releaseFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
