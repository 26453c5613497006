import assert from "node:assert/strict";
import { test } from "node:test";
import { ariaKeys, bindingsFor, shortcuts } from "./shortcuts.ts";

/** What can be on the desk at the same time; a pause menu that is open comes before what lies below it. */
const together = [
  ["state", "call", "others", "consult", "summary"],
  ["state", "call", "others", "consult", "script"],
  ["state", "preview", "others"],
];
const menus = new Set(["pauseReason", "skipReason"]);

test("no two shortcuts that can be meant at once share a key", () => {
  for (const groups of together) {
    const codes = Object.entries(shortcuts)
      .filter(([name, { group }]) => groups.includes(group) && !menus.has(name))
      .flatMap(([, shortcut]) => shortcut.codes);
    assert.deepEqual(
      codes.filter((code, index) => codes.indexOf(code) !== index),
      [],
    );
  }
});

test("with Ctrl there is Enter alone: all else is a browser's", () => {
  const codes = Object.values(shortcuts).flatMap((shortcut): string[] => [...shortcut.codes]);
  assert.deepEqual(
    codes.filter((code) => code.includes("+")).map((code) => code.split("+")[0]),
    ["Enter", "Enter"],
  );
});

const act = () => {};
const other = () => {};

test("acts come to their keys, choices in order; a button tells its key", () => {
  assert.deepEqual(bindingsFor({ mute: act, hold: false, disposition: [act, undefined, other] }), {
    KeyM: act,
    Digit1: act,
    Digit3: other,
  });
  assert.deepEqual(
    [ariaKeys("mute"), ariaKeys("saveAndPause"), ariaKeys("help"), ariaKeys("dispositionUp")],
    ["M", "Control+Shift+Enter", "?", "0"],
  );
});
