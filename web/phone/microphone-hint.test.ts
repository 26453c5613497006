import assert from "node:assert/strict";
import { test } from "node:test";
import { microphoneMeter } from "./microphone-hint.ts";

interface Levels {
  microphoneDb: number;
  farDb: number;
  muted?: boolean;
}

/** Hints in order, without repetition, over `seconds` of looks every 200 ms. */
function hints(seconds: number, levelsAt: (ms: number) => Levels): (string | null)[] {
  const meter = microphoneMeter();
  const told: (string | null)[] = [];
  for (let ms = 0; ms <= seconds * 1000; ms += 200) {
    const hint = meter({ muted: false, ...levelsAt(ms) }, ms);
    if (told.at(-1) !== hint) told.push(hint);
  }
  return told;
}
/** On for `onMs`, off for as long. */
const turns = (ms: number, onMs: number) => Math.floor(ms / onMs) % 2 === 0;
const far = (ms: number) => (turns(ms, 2000) ? -20 : -70);

test("nothing at all for four seconds is a dead microphone; a quiet room and a muted one are not", () => {
  assert.deepEqual(
    hints(10, () => ({ microphoneDb: -100, farDb: -100 })),
    [null, "silent"],
  );
  assert.deepEqual(
    hints(10, (ms) => ({ microphoneDb: ms > 6000 ? -60 : -100, farDb: -100 })),
    [null, "silent", null],
  );
  assert.deepEqual(
    hints(30, () => ({ microphoneDb: -75, farDb: -100 })),
    [null],
  );
  assert.deepEqual(
    hints(30, () => ({ microphoneDb: -100, farDb: -100, muted: true })),
    [null],
  );
});

test("speech that comes back with the other side's is an echo; a dialogue and two who talk at once are none", () => {
  assert.deepEqual(
    hints(20, (ms) => ({ microphoneDb: far(ms - 200) > -40 ? -35 : -70, farDb: far(ms) })),
    [null, "echo"],
  );
  assert.deepEqual(
    hints(40, (ms) => ({ microphoneDb: turns(ms, 2000) ? -70 : -30, farDb: far(ms) })),
    [null],
  );
  assert.deepEqual(
    hints(40, (ms) => ({ microphoneDb: turns(ms, 3000) ? -30 : -70, farDb: far(ms) })),
    [null],
  );
  assert.deepEqual(
    hints(40, () => ({ microphoneDb: -30, farDb: -20 })),
    [null],
  );
});

const speech = (loud: number, pause: number) => (ms: number) => ({
  microphoneDb: turns(ms, 600) ? loud : pause,
  farDb: -70,
});

test("speech that clips is too loud, speech that hardly rises above the room too quiet; a room and a listener are neither", () => {
  assert.deepEqual(hints(20, speech(-5, -60)), [null, "loud"]);
  assert.deepEqual(hints(20, speech(-48, -72)), [null, "quiet"]);
  assert.deepEqual(hints(20, speech(-25, -60)), [null]);
  assert.deepEqual(
    hints(20, (ms) => ({ microphoneDb: -52 + (ms % 3), farDb: -70 })),
    [null],
  );
  assert.deepEqual(
    hints(30, (ms) => ({ microphoneDb: ms % 6000 === 0 ? -48 : -75, farDb: -70 })),
    [null],
  );
});
