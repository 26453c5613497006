import type { KeyBindings } from "./key-binding.ts";

export const shortcutGroups = ["state", "preview", "call", "others", "consult", "script", "summary"] as const;
type Group = (typeof shortcutGroups)[number];

interface Shortcut {
  group: Group;
  /** As a person reads them; `–` stands for "to". */
  keys: readonly string[];
  /** Names of `bindingOf`; of several, each stands for one of the choices in order. */
  codes: readonly string[];
}

const letter = (group: Group, key: string): Shortcut => ({ group, keys: [key], codes: [`Key${key}`] });

/** What number keys may stand for, in the order of the choices' handlers. */
export const answerKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-"] as const;
const digits = answerKeys.slice(0, 9).map((digit) => `Digit${digit}`);
const oneToNine = ["1", "–", "9"] as const;

/**
 * Every shortcut of the desk: what listens, what buttons tell a screen reader, and what the cheat sheet shows come from
 * here. No combination that a browser, a screen reader or an input method keeps for itself; the words are under
 * `desk.keys.<name>`.
 */
export const shortcuts = {
  ready: letter("state", "R"),
  pause: letter("state", "P"),
  pauseReason: { group: "state", keys: oneToNine, codes: digits },
  doNotDisturb: letter("state", "Q"),
  signOut: letter("state", "O"),
  dial: { group: "state", keys: ["/"], codes: ["/"] },
  retrieveLot: { group: "state", keys: ["]"], codes: ["BracketRight"] },
  callBack: { group: "state", keys: ["["], codes: ["BracketLeft"] },
  devices: letter("state", "Z"),
  help: { group: "state", keys: ["?"], codes: ["?"] },
  previewDial: { group: "preview", keys: ["Enter"], codes: ["Enter"] },
  skip: letter("preview", "S"),
  skipReason: { group: "preview", keys: oneToNine, codes: digits },
  mute: letter("call", "M"),
  hold: letter("call", "H"),
  hangUp: letter("call", "E"),
  send: letter("call", "F"),
  park: letter("call", "K"),
  keypad: letter("call", "V"),
  mask: letter("call", "C"),
  momentNote: letter("call", "I"),
  machine: letter("call", "A"),
  leaveMessage: { group: "call", keys: ["'"], codes: ["Quote"] },
  openRecord: { group: "call", keys: [";"], codes: ["Semicolon"] },
  accept: letter("others", "Y"),
  decline: letter("others", "U"),
  switch: letter("others", "B"),
  retrieve: letter("others", "G"),
  pickUp: { group: "others", keys: ["."], codes: ["Period"] },
  complete: letter("consult", "D"),
  cancelConsult: letter("consult", "X"),
  swap: letter("consult", "W"),
  merge: letter("consult", "J"),
  leave: letter("consult", "L"),
  scriptOrSummary: letter("script", "T"),
  answer: {
    group: "script",
    keys: oneToNine,
    codes: answerKeys.map((key) => (key === "-" ? "Minus" : `Digit${key}`)),
  },
  question: { group: "script", keys: ["↑", "↓"], codes: ["ArrowUp", "ArrowDown"] },
  scriptNext: { group: "script", keys: ["Enter"], codes: ["Enter"] },
  scriptBack: { group: "script", keys: ["⌫"], codes: ["Backspace"] },
  disposition: { group: "summary", keys: oneToNine, codes: digits },
  dispositionUp: { group: "summary", keys: ["0"], codes: ["Digit0"] },
  findDisposition: { group: "summary", keys: [","], codes: ["Comma"] },
  note: letter("summary", "N"),
  saveAndReady: { group: "summary", keys: ["Ctrl", "Enter"], codes: ["Enter+Ctrl"] },
  saveAndPause: { group: "summary", keys: ["Ctrl", "Shift", "Enter"], codes: ["Enter+Shift+Ctrl"] },
} as const satisfies Record<string, Shortcut>;
export type ShortcutName = keyof typeof shortcuts;

type Act = () => void;
/** What shortcuts do now; a list holds one act for each of the shortcut's choices. False and undefined: nothing. */
export type ShortcutActs = {
  [Name in ShortcutName]?: Act | false | undefined | readonly (Act | undefined)[];
};

/** The acts by the key that calls them. Pure. */
export function bindingsFor(acts: ShortcutActs): KeyBindings {
  const bindings: KeyBindings = {};
  for (const [name, act] of Object.entries(acts)) {
    const { codes } = shortcuts[name as ShortcutName];
    const list = typeof act === "function" ? [act] : act || [];
    for (const [index, one] of list.entries()) {
      const code = codes[index];
      if (one && code) bindings[code] = one;
    }
  }
  return bindings;
}

/** A shortcut for `aria-keyshortcuts` (WAI-ARIA 1.2). */
export function ariaKeys(name: ShortcutName): string {
  const [key = "", ...held] = (shortcuts[name].codes[0] ?? "").split("+");
  const modifiers = ["Ctrl", "Shift"].filter((one) => held.includes(one));
  return [...modifiers, key.replace(/^(Key|Digit)/, "")].join("+").replace("Ctrl", "Control");
}
