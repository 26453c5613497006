import assert from "node:assert/strict";
import { test } from "node:test";
import { byteRange } from "./byte-range.ts";

test("a range of RFC 9110 over 1000 bytes", () => {
  assert.deepEqual(byteRange("bytes=0-499", 1000), { first: 0, last: 499 });
  assert.deepEqual(byteRange("bytes=500-", 1000), { first: 500, last: 999 });
  assert.deepEqual(byteRange("bytes=-300", 1000), { first: 700, last: 999 });
  assert.deepEqual(byteRange("bytes=-3000", 1000), { first: 0, last: 999 });
  assert.deepEqual(byteRange("bytes=900-5000", 1000), { first: 900, last: 999 });
});

test("what is no single range is answered in full, and a range behind the end is refused", () => {
  for (const header of [undefined, "", "bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=5-1", "bytes=a-b"])
    assert.equal(byteRange(header, 1000), "all", String(header));
  assert.equal(byteRange("bytes=1000-", 1000), "unsatisfiable");
  assert.equal(byteRange("bytes=-0", 1000), "unsatisfiable");
  assert.equal(byteRange("bytes=0-", 0), "unsatisfiable");
});
