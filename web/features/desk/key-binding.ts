/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  code: string;
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

/** The binding's name for a key press, or undefined when the press belongs to the field in focus. */
export function bindingOf(event: KeyPress, typing: boolean, singleKeys: boolean): string | undefined {
  if (event.isComposing || event.repeat || event.metaKey) return undefined;
  if (event.ctrlKey) return `${event.code}${event.shiftKey ? "+Shift" : ""}+Ctrl`;
  if (event.altKey) return event.code;
  if (typing || !singleKeys) return undefined;
  if (event.key === "?" || event.key === "/") return event.key;
  return event.shiftKey ? `${event.code}+Shift` : event.code;
}
