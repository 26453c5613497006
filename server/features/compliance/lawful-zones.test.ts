import assert from "node:assert/strict";
import { test } from "node:test";
import { isClosedByLaw } from "./lawful-zones.ts";
import { builtInPacks, byNumber } from "./rules/rule-packs.ts";

const [shanghai, urumqi, newYork, tokyo] = ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Asia/Tokyo"];
/** A Friday in November. */
const at = (hourUtc: number, day = 20, month = 10) => Date.UTC(2026, month, day, hourUtc);
const closed = (choice: string, at: number, purpose: "marketing" | "service" = "marketing") =>
  [shanghai, urumqi, newYork, tokyo].filter((zone) =>
    isClosedByLaw(builtInPacks, { choice, purpose }, zone, at),
  );

test("a chosen pack closes a zone by that zone's clock, on its holidays, and for the purposes it names", () => {
  // 20:30 in Shanghai, 18:30 in Urumqi, 07:30 in New York, 21:30 in Tokyo.
  const evening = at(12) + 30 * 60_000;
  assert.deepEqual(closed("cn", evening), [shanghai, newYork, tokyo]);
  assert.deepEqual(closed("cn", evening, "service"), []);
  assert.deepEqual(closed("none", evening), []);
  // Noon in Shanghai on National Day.
  assert.deepEqual(closed("cn", at(4, 1, 9)), [shanghai, urumqi, newYork, tokyo]);
});

test("by the number's country a zone is under the pack of the country it lies in, or under none", () => {
  // 04:00 in New York, 17:00 in Shanghai, 18:00 in Tokyo.
  assert.deepEqual(closed(byNumber, at(9)), [newYork]);
  // 22:00 in New York, 11:00 in Shanghai.
  assert.deepEqual(closed(byNumber, at(3)), [newYork]);
  assert.deepEqual(closed(byNumber, at(13)), [shanghai]);
});
