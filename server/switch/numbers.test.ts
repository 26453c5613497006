import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCalled, formatNumber, readNumber } from "./numbers.ts";

const trunk = (numberFormat: "e164" | "digits" | "national", dialPrefix = "", country = "CN") => ({
  numberFormat,
  dialPrefix,
  country,
});

test("a called number is written as each trunk wants it", () => {
  assert.equal(formatCalled(trunk("e164"), "+8613800138000"), "+8613800138000");
  assert.equal(formatCalled(trunk("digits"), "+8613800138000"), "8613800138000");
  assert.equal(formatCalled(trunk("national"), "+8613800138000"), "13800138000");
  assert.equal(formatCalled(trunk("national", "9"), "+861065529988"), "901065529988");
  assert.equal(formatCalled(trunk("national", "", "GB"), "+442079460123"), "02079460123");
  assert.equal(formatCalled(trunk("national"), "+442079460123"), "00442079460123");
});

test("short codes and extensions pass, and a caller ID takes no dial prefix", () => {
  assert.equal(formatCalled(trunk("digits", "9"), "10086"), "910086");
  assert.equal(formatNumber(trunk("digits", "9"), "+861065529988"), "861065529988");
});

test("what a trunk writes is read back to E.164", () => {
  assert.equal(readNumber(trunk("e164"), "+8613800138000"), "+8613800138000");
  assert.equal(readNumber(trunk("digits"), "8613800138000"), "+8613800138000");
  assert.equal(readNumber(trunk("digits"), "13800138000"), "+8613800138000");
  assert.equal(readNumber(trunk("digits"), "442079460123"), "+442079460123");
  assert.equal(readNumber(trunk("national"), "13800138000"), "+8613800138000");
  assert.equal(readNumber(trunk("national"), "010-6552 9988"), "+861065529988");
  assert.equal(readNumber(trunk("national"), "00442079460123"), "+442079460123");
  assert.equal(readNumber(trunk("e164"), "anonymous"), "anonymous");
});
