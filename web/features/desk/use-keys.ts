import { useEffect, useRef } from "react";
import { readSetting } from "../../lib/storage.ts";
import { bindingOf, type KeyBindings } from "./key-binding.ts";
import { bindingsFor, type ShortcutActs } from "./shortcuts.ts";

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

/** The same for shortcuts of the desk by their names. */
export const useShortcuts = (acts: ShortcutActs): void => useKeys(bindingsFor(acts));

/** After a choice by number: a menu that fades out keeps the focus, and Enter would choose in it once more. */
export function releaseFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
