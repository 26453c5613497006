import assert from "node:assert/strict";
import { test } from "node:test";
import { afterAttempt } from "./after-attempt.ts";

const is = (status: number) => afterAttempt({ status }, { attempts: 1, failures: 0 }).is;
const wait = (retryAfterMs: number) =>
  afterAttempt({ status: 429, retryAfterMs }, { attempts: 1, failures: 0 });

test("an address that is away holds everything back, longer each time, and gives nothing up", () => {
  const waits = Array.from({ length: 9 }, (_, failures) =>
    afterAttempt({ error: "timeout" }, { attempts: failures + 1, failures }),
  );
  assert.ok(waits.every((verdict) => verdict.is === "address-down"));
  const ms = waits.map((verdict) => ("waitMs" in verdict ? verdict.waitMs : 0));
  assert.deepEqual(
    ms,
    ms.toSorted((a, b) => a - b),
  );
  assert.equal(ms.at(-1), 3_600_000);
});

test("an event that a receiver cannot take is tried six times and given up alone", () => {
  const verdicts = [1, 2, 3, 4, 5, 6].map(
    (attempts) => afterAttempt({ status: 500 }, { attempts, failures: 0 }).is,
  );
  assert.deepEqual(verdicts, [...Array.from({ length: 5 }, () => "event-refused"), "given-up"]);
});

test("what an answer means", () => {
  assert.deepEqual([200, 204, 299].map(is), ["delivered", "delivered", "delivered"]);
  assert.equal(is(410), "gone");
  assert.deepEqual([301, 400, 404].map(is), ["event-refused", "event-refused", "event-refused"]);
  assert.deepEqual(
    [408, 429, 502, 503, 504].map(is),
    Array.from({ length: 5 }, () => "address-down"),
  );
});

test("an address that asks for time gets it, an hour at most", () => {
  assert.deepEqual(wait(90_000), { is: "address-down", waitMs: 90_000 });
  assert.deepEqual(wait(86_400_000), { is: "address-down", waitMs: 3_600_000 });
});
