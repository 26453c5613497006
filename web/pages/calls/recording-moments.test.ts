import assert from "node:assert/strict";
import { test } from "node:test";
import { momentsOf } from "./recording-moments.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString();
const event = (id: number, type: string, seconds: number, data = {}) => {
  return { id, type, at: at(seconds), data, fromState: null, toState: null };
};

test("notes and masked stretches stand at their moments of the recording that ran then", () => {
  const events = [
    event(1, "note", 5, { text: "before it ran" }),
    event(2, "note", 12, { text: "asks for the price" }),
    event(3, "recording-paused", 14),
    event(4, "recording-resumed", 20),
    event(5, "recording-paused", 25),
    event(6, "note", 45, { text: "in the second recording" }),
  ];
  assert.deepEqual(momentsOf({ events }, { startedAt: at(10), durationMs: 20_000 }), {
    moments: [{ id: 2, atMs: 2000, text: "asks for the price" }],
    masked: [
      { id: 3, fromMs: 4000, toMs: 10_000 },
      { id: 5, fromMs: 15_000, toMs: null },
    ],
  });
});
