import assert from "node:assert/strict";
import { test } from "node:test";
import { dialledCode, keysOver, keyStep } from "../../../shared/code-collector.ts";
import { clashOf, codeTable } from "../../../shared/feature-codes.ts";

const table = codeTable({});

/** What comes of keys pressed one after another, then a pause. */
function press(where: "talk" | "idle", text: string): string[] {
  const told: string[] = [];
  let keys = "";
  for (const key of text) {
    const step = keyStep(table, where, keys, key);
    keys = step.keys;
    const { result } = step;
    if (result.type === "code") told.push(`${result.name}(${result.argument})`);
    if (result.type === "pass") told.push(`pass ${result.keys}`);
  }
  if (keys === "") return told;
  const result = keysOver(table, where, keys);
  return [...told, result.type === "code" ? `${result.name}(${result.argument})` : "pass"];
}

test("keys become codes, arguments end by # or by a pause, and what is no code is passed on", () => {
  assert.deepEqual(press("talk", "*2102#"), ["consult(102)"]);
  assert.deepEqual(press("talk", "*213800138000"), ["consult(13800138000)"]);
  assert.deepEqual(press("talk", "*8"), ["park()"]);
  assert.deepEqual(press("talk", "*812#"), ["park(12)"]);
  assert.deepEqual(press("talk", "*1*1"), ["hold()", "hold()"]);
  assert.deepEqual(press("talk", "12*5"), ["pass 1", "pass 2", "swap()"]);
  assert.deepEqual(press("talk", "*2"), ["pass"], "a target is missing");
  assert.deepEqual(press("talk", "*"), ["pass"]);
  assert.deepEqual(press("idle", "*72102#"), ["forward-always(102)"]);
  assert.deepEqual(press("idle", "*007"), ["speed-dial(07)"]);
  assert.deepEqual(press("idle", "*50"), ["pass *5", "pass 0"]);
  assert.deepEqual(press("idle", `*72${"1".repeat(40)}`)[0], `pass *72${"1".repeat(23)}`);
  assert.deepEqual(press("idle", "**"), ["answer()"]);
});

function name(dialled: string): string | undefined {
  const result = dialledCode(table, dialled);
  return result?.type === "code" ? `${result.name}(${result.argument})` : undefined;
}

test("a phone dials a code as a number; anything else is none", () => {
  assert.equal(name("*72102"), "forward-always(102)");
  assert.equal(name("*72102#"), "forward-always(102)");
  assert.equal(name("*78"), "do-not-disturb()");
  assert.equal(name("*012"), "speed-dial(12)");
  assert.equal(name("*781"), undefined);
  assert.equal(name("*2102"), undefined, "a code of talks");
  assert.equal(name("13800138000"), undefined);
});

test("no code is the beginning of another that holds in the same place", () => {
  assert.equal(clashOf({}), undefined);
  assert.deepEqual(clashOf({ "do-not-disturb": "*7" }), ["do-not-disturb", "forward-always"]);
  assert.equal(clashOf({ hold: "*72" })?.includes("hold"), true);
});
