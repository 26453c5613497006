import assert from "node:assert/strict";
import { test } from "node:test";
import { qualityOf, sampleOf, type QualitySample } from "./quality.ts";

const before: QualitySample = { atMs: 0, packetsReceived: 1000, packetsLost: 10, jitterMs: 5 };

function grade(change: Partial<QualitySample>) {
  const now = { atMs: 2000, packetsReceived: 1100, packetsLost: 10, jitterMs: 5, roundTripMs: 40, ...change };
  const { grade, reason } = qualityOf(before, now);
  return `${grade} ${reason}`;
}

test("the grade follows what happened since the last look, and names the worst cause", () => {
  assert.equal(grade({}), "good null");
  assert.equal(grade({ packetsReceived: 1097, packetsLost: 13 }), "fair loss");
  assert.equal(grade({ packetsReceived: 1090, packetsLost: 20 }), "poor loss");
  assert.equal(grade({ lostByFarEnd: 0.2 }), "poor loss-out");
  assert.equal(grade({ jitterMs: 45 }), "fair jitter");
  assert.equal(grade({ roundTripMs: 300 }), "fair delay");
  assert.equal(grade({ roundTripMs: 300, jitterMs: 80 }), "poor jitter");
  assert.equal(grade({ packetsReceived: 1000 }), "poor no-audio");
});

test("gaps that the network does not account for are the computer's", () => {
  const gaps = { playedSamples: 96_000, concealedSamples: 12_000 };
  assert.equal(grade(gaps), "poor cpu");
  assert.equal(grade({ ...gaps, packetsLost: 12 }), "fair loss");
  assert.equal(grade({ lateMs: 900 }), "fair cpu");
});

test("a late packet that turns a loss back is no loss", () => {
  assert.equal(grade({ packetsLost: 8 }), "good null");
});

test("the stats report's audio entries make a sample; none before audio came", () => {
  assert.equal(sampleOf([{ type: "transport" }], 1), undefined);
  const concealed = { concealedSamples: 900, silentConcealedSamples: 500, totalSamplesReceived: 48_000 };
  const sample = sampleOf(
    [
      { type: "remote-inbound-rtp", kind: "audio", roundTripTime: 0.05, fractionLost: 0.1 },
      {
        type: "inbound-rtp",
        kind: "audio",
        packetsReceived: 50,
        packetsLost: 1,
        jitter: 0.004,
        ...concealed,
      },
    ],
    7,
  );
  assert.deepEqual(sample, {
    atMs: 7,
    packetsReceived: 50,
    packetsLost: 1,
    jitterMs: 4,
    roundTripMs: 50,
    lostByFarEnd: 0.1,
    concealedSamples: 400,
    playedSamples: 48_000,
  });
});
