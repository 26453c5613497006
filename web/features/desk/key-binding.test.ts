import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingOf, type KeyPress } from "./key-binding.ts";

const press = (code: string, change: Partial<KeyPress> = {}) => ({
  code,
  key: "",
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  repeat: false,
  ...change,
});

test("a letter is a shortcut outside of fields, with Alt everywhere, and never while Chinese is composed", () => {
  assert.equal(bindingOf(press("KeyM"), false, true), "KeyM");
  assert.equal(bindingOf(press("KeyM"), true, true), undefined);
  assert.equal(bindingOf(press("KeyM", { altKey: true }), true, true), "KeyM");
  assert.equal(bindingOf(press("KeyM"), false, false), undefined);
  assert.equal(bindingOf(press("KeyM", { altKey: true }), false, false), "KeyM");
  assert.equal(bindingOf(press("KeyM", { isComposing: true, altKey: true }), true, true), undefined);
  assert.equal(bindingOf(press("KeyM", { keyCode: 229 }), false, true), undefined);
  assert.equal(bindingOf(press("Enter", { keyCode: 229, ctrlKey: true }), true, true), undefined);
  assert.equal(bindingOf(press("KeyE", { repeat: true }), false, true), undefined);
  assert.equal(bindingOf(press("KeyE", { ctrlKey: true, altKey: true }), false, true), undefined, "AltGr");
});

test("saving works from within a field; the question mark is where the layout has it", () => {
  assert.equal(bindingOf(press("Enter", { ctrlKey: true }), true, true), "Enter+Ctrl");
  assert.equal(bindingOf(press("Enter", { ctrlKey: true, shiftKey: true }), true, false), "Enter+Shift+Ctrl");
  assert.equal(bindingOf(press("Slash", { key: "?", shiftKey: true }), false, true), "?");
  assert.equal(bindingOf(press("Minus", { key: "?", shiftKey: true }), false, true), "?");
  assert.equal(bindingOf(press("Digit7", { key: "/", shiftKey: true }), false, true), "/");
  assert.equal(bindingOf(press("Numpad3", { key: "3" }), false, true), "Digit3");
  assert.equal(bindingOf(press("Numpad3", { key: "PageDown" }), false, true), "Numpad3");
});
