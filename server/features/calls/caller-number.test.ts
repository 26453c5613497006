import assert from "node:assert/strict";
import { test } from "node:test";
import { callerNumber, plainText } from "./caller-number.ts";

test("numbers are read in the trunk's country; what is none stays as it was written, without what cannot be shown", () => {
  const cases: Record<string, string> = {
    "+8613800138000": "+8613800138000",
    "13800138000": "+8613800138000",
    "0755-1234 5678": "+8675512345678",
    "+1 212 555 0100": "+12125550100",
    "10086": "+8610086",
    "alice.13800138000": "alice.13800138000",
    "1-800-FLOWERS": "1-800-FLOWERS",
    "13800138000;ext=5": "13800138000;ext=5",
    "a\u0000b\u202Ec\n": "abc",
    "": "",
  };
  for (const [written, read] of Object.entries(cases))
    assert.equal(callerNumber(written, "CN"), read, written);
  assert.equal(callerNumber("x".repeat(5000), "CN").length, 100);
  assert.equal(plainText(` 王小明\u0000 `, 2), "王小");
});
