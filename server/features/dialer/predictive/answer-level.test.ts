import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswerLevel } from "./answer-level.ts";

/** A call each second, of which every tenth is to be answered, and every `nth` is. */
function go(level: ReturnType<typeof createAnswerLevel>, calls: number, nth: number): void {
  for (let i = 1; i <= calls; i++) {
    level.dialled();
    level.observe(0.1, Number(i % nth === 0));
    level.fade(1);
  }
}

test("on a steady list it hardly moves, and knows that it does not", () => {
  const level = createAnswerLevel();
  go(level, 3000, 10);
  assert.ok(Math.abs(level.multiplier - 1) < 0.05, `${level.multiplier}`);
  assert.ok(level.cv < 0.2, `${level.cv}`);
});

test("answers that come three times as often are followed within some thirty of them, and back", () => {
  const level = createAnswerLevel();
  go(level, 3000, 10);
  go(level, 90, 3);
  assert.ok(level.multiplier > 1.7, `${level.multiplier}`);
  go(level, 400, 10);
  assert.ok(level.multiplier < 1.5, `${level.multiplier}`);
});

test("when nothing was dialled for long, all is as likely as the list says", () => {
  const level = createAnswerLevel();
  go(level, 300, 3);
  level.fade(40_000);
  assert.ok(Math.abs(level.multiplier - 1) < 0.01);
});
