import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { drained } from "./drained.ts";

test("room is waited for again and again without a listener left, and the end of a stream is room enough", async () => {
  const slow = new Writable({ highWaterMark: 4, write: (_, __, done) => void setImmediate(done) });
  const before = slow.listenerCount("close") + slow.listenerCount("error");
  for (let n = 0; n < 50; n++) if (!slow.write("longer than four")) await drained(slow);
  assert.equal(slow.listenerCount("close") + slow.listenerCount("error"), before);
  assert.equal(slow.listenerCount("drain"), 0);

  const stuck = new Writable({ highWaterMark: 4, write: () => undefined });
  assert.equal(stuck.write("never taken"), false);
  const waiting = drained(stuck);
  stuck.destroy();
  await waiting;
});
