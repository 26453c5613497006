/** `KeyM`, `Digit3`, `Enter+Ctrl`: `KeyboardEvent.code`, so that every layout serves; `?` and `/` as they are typed. */
export type KeyBindings = Record<string, () => void>;

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  code: string;
  key: string;
  keyCode: number;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

/**
 * An input method has this press: Chinese is being composed. The press that begins a composition, and in Safari the
 * one that ends it, come with `keyCode` 229 alone (UI Events, "keyCode during composition").
 */
const isComposed = ({ isComposing, keyCode, key }: KeyPress) =>
  isComposing || keyCode === 229 || key === "Process";

/** The number pad's keys are the row's, while it types numbers. */
function codeOf({ code, key }: KeyPress): string {
  if (code === "NumpadEnter") return "Enter";
  return /^Numpad\d$/.test(code) && /^\d$/.test(key) ? `Digit${key}` : code;
}

/** The binding's name for a key press, or undefined when the press belongs to the field in focus. */
export function bindingOf(event: KeyPress, typing: boolean, singleKeys: boolean): string | undefined {
  if (isComposed(event) || event.repeat || event.metaKey) return undefined;
  const code = codeOf(event);
  // AltGr is both: it types a character.
  if (event.ctrlKey && event.altKey) return undefined;
  if (event.ctrlKey) return `${code}${event.shiftKey ? "+Shift" : ""}+Ctrl`;
  // Alt and Shift change the keyboard's language in Windows.
  if (event.altKey) return event.shiftKey ? undefined : code;
  if (typing || !singleKeys) return undefined;
  if (event.key === "?" || event.key === "/") return event.key;
  return event.shiftKey ? `${code}+Shift` : code;
}
