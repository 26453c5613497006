import assert from "node:assert/strict";
import { test } from "node:test";
import { utterance } from "./utterance.ts";

const frame = (level: number) => new Int16Array(160).fill(level);
const patience = { waitMs: 1000, longestMs: 3000 };

/** ms until it is over, told by spans of sound (level, ms). */
function listen(...spans: [number, number][]): { ms: number; saidMs: number } {
  const heard = utterance(patience);
  let ms = 0;
  for (const [level, spanMs] of spans)
    for (let at = 0; at < spanMs; at += 20) {
      ms += 20;
      if (heard.push(frame(level))) return { ms, saidMs: heard.said().length / 8 };
    }
  return { ms: -1, saidMs: heard.said().length / 8 };
}

test("an utterance is over after the silence behind it, with a little of what was before it", () => {
  const { ms, saidMs } = listen([0, 600], [3000, 800], [0, 400], [3000, 300], [0, 2000]);
  assert.equal(ms, 600 + 800 + 400 + 300 + 700);
  assert.ok(saidMs >= 800 + 400 + 300 + 200 && saidMs < ms, String(saidMs));
});

test("who says nothing, or only clicks, is waited for as long as said; who never stops is cut", () => {
  assert.deepEqual(listen([0, 5000]), { ms: 1000, saidMs: 0 });
  assert.deepEqual(listen([0, 200], [5000, 40], [0, 5000]), { ms: 1000, saidMs: 0 });
  const { ms } = listen([3000, 9000]);
  assert.ok(ms >= 3000 && ms <= 3100, String(ms));
});
