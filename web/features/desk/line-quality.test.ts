import assert from "node:assert/strict";
import { test } from "node:test";
import type { LegQuality, LiveQuality, StreamQuality } from "../../../shared/quality.ts";
import { type Quality, qualityUnknown } from "../../phone/quality.ts";
import { lineQuality } from "./line-quality.ts";

const stream: StreamQuality = {
  packets: 150,
  lost: 0,
  lossPercent: 0,
  burstRatio: 1,
  discarded: 0,
  jitterMs: 2,
  mos: 4.3,
  grade: "good",
  reason: null,
};
const good: Quality = { ...qualityUnknown, grade: "good" };
const customer = (change: Partial<StreamQuality>): LegQuality => ({
  codec: "PCMA",
  security: null,
  roundTripMs: 20,
  in: { ...stream, ...change },
  out: null,
});
const live = (change: Partial<LiveQuality>): LiveQuality => ({
  callId: "c",
  at: "2026-11-20T08:00:00.000Z",
  customer: customer({}),
  agent: null,
  troubles: [],
  ...change,
});
const told = (own: Quality, server?: LiveQuality) => {
  const { grade, spoiled } = lineQuality(own, server);
  return `${grade} ${spoiled ? `${spoiled.side}.${spoiled.reason}` : "-"}`;
};

test("the worse of both lines is told, with the side that spoils it; the own one when they are alike", () => {
  assert.equal(told(good), "good -");
  assert.equal(told(good, live({})), "good -");
  const lossy = live({ customer: customer({ grade: "poor", reason: "loss" }) });
  assert.equal(told(good, lossy), "poor customer.loss");
  assert.equal(told({ ...good, grade: "poor", reason: "delay" }, lossy), "poor reason.delay");
  assert.equal(told({ ...good, grade: "fair", reason: "jitter" }, lossy), "poor customer.loss");
  const mute = live({
    troubles: [{ leg: "customer", trouble: "no-audio", since: "2026-11-20T08:00:00.000Z" }],
  });
  assert.equal(told(good, mute), "poor customer.no-audio");
  assert.equal(told(qualityUnknown, live({})), "unknown -");
});
