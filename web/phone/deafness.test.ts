import assert from "node:assert/strict";
import { test } from "node:test";
import { deafnessMeter } from "./deafness.ts";

test("two seconds without a packet are deafness, told again after two more; a page that slept cannot say", () => {
  const meter = deafnessMeter();
  const told = (from: number, to: number, packetsAt: (ms: number) => number) => {
    const moments: string[] = [];
    for (let ms = from; ms <= to; ms += 500) {
      const hearing = meter(packetsAt(ms), ms);
      if (hearing !== "well") moments.push(`${hearing} ${ms}`);
    }
    return moments;
  };
  assert.deepEqual(
    told(10_000, 13_000, () => 0),
    [],
    "before the first packet there is nothing to miss",
  );
  assert.deepEqual(
    told(13_500, 16_000, (ms) => ms / 20),
    [],
  );
  assert.deepEqual(
    told(16_500, 20_500, () => 800),
    ["deaf 18000", "deaf 20000"],
  );
  assert.deepEqual(
    told(60_000, 61_500, () => 800),
    ["slept 60000"],
  );
});
