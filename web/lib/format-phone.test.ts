import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPhone } from "./format-phone.ts";

test("numbers read in groups, masked digits stay, other text is untouched", () => {
  const cases: Record<string, string> = {
    "+8613800138000": "+86 138 0013 8000",
    "+86138****8000": "+86 138 **** 8000",
    "+14155550123": "+1 415 555 0123",
    "+442079460958": "+44 20 7946 0958",
    "+85221234567": "+852 2123 4567",
    "1001": "1001",
    "sip:ana@example.com": "sip:ana@example.com",
  };
  for (const [phone, shown] of Object.entries(cases)) assert.equal(formatPhone(phone), shown);
});
