import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { AnswerClassifier, type AnswerManner, type AnswerVerdict, usualManner } from "./answer-classifier.ts";
import { type AnswerModel, answerModel, probabilityOf, type Threshold } from "./answer-model.ts";
import { featureNames } from "./answer-features.ts";
import { frameSamples } from "./frame.ts";
import { renderTones } from "./tones.ts";

/** A voice without words: harmonics of a pitch, in syllables of 160 ms with 40 ms between. */
function speech(ms: number, levelPeak = 6000): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, i) => {
    const inSyllable = (i / 8) % 200;
    if (inSyllable > 160) return 0;
    let sum = 0;
    for (let k = 1; k < 14; k++) sum += Math.sin((2 * Math.PI * 140 * k * i) / 8000) / k;
    return sum * levelPeak * 0.5 * Math.sin((Math.PI * inSyllable) / 160);
  });
}
const silence = (ms: number) => new Int16Array(ms * 8);
const tone = (hz: number, onMs: number) =>
  renderTones([{ frequenciesHz: [hz], levelDbm0: -15, onMs, offMs: 0 }]);

const pointsOf = (points: readonly Threshold[]): AnswerModel["points"] => ({
  before: { cautious: points, balanced: points },
  beside: { cautious: points, balanced: points },
});

/** A machine for who has spoken for 600 ms on end or more. */
const byLength: AnswerModel = {
  version: "by length",
  provenance: "test",
  features: featureNames,
  base: 0,
  silenceMs: 1480,
  trees: [
    {
      feature: [featureNames.indexOf("speech"), -1, -1],
      threshold: [599, -4, 4],
      left: [1, 0, 0],
    },
  ],
  points: pointsOf([
    { atMs: 400, machineAbove: 0.9, humanBelow: 0 },
    { atMs: 1000, machineAbove: 0.9, humanBelow: 0.1 },
  ]),
};

function verdicts(
  parts: Int16Array[],
  model = byLength,
  beepAtMs = Infinity,
  manner: AnswerManner = usualManner,
): AnswerVerdict[] {
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  const classifier = new AnswerClassifier(model, manner);
  const said: AnswerVerdict[] = [];
  for (let at = 0; at + frameSamples <= all.length; at += frameSamples) {
    const verdict =
      at / 8 === beepAtMs ? classifier.beep() : classifier.push(all.subarray(at, at + frameSamples));
    if (verdict) said.push(verdict);
  }
  return said;
}
const told = (said: AnswerVerdict[]) => said.map((v) => [v.class, v.reason, v.atMs]);

test("a short word is a person at the first moment that is sure, counted from the word", () => {
  assert.deepEqual(told(verdicts([silence(300), speech(360), silence(3000)])), [["human", "sure", 1300]]);
});

test("silence is a person, also where the model would know better later", () => {
  assert.deepEqual(told(verdicts([silence(1500), speech(4000)])), [["human", "silence", 1480]]);
});

test("what nobody is sure of is a person when the time is over", () => {
  const unsure = {
    ...byLength,
    points: pointsOf(byLength.points.before.cautious.map((p) => ({ ...p, machineAbove: 2, humanBelow: 0 }))),
  };
  assert.deepEqual(told(verdicts([silence(200), speech(4000)], unsure)), [["human", "unsure", 1200]]);
});

test("each manner has moments of its own: beside an agent there is time, and the balanced one dares more", () => {
  const late = { atMs: 1600, machineAbove: 0.9, humanBelow: 1 };
  const model: AnswerModel = {
    ...byLength,
    points: {
      before: pointsOf([{ atMs: 400, machineAbove: 0.999, humanBelow: 0 }]).before,
      beside: { cautious: [late], balanced: [{ ...late, atMs: 1000 }] },
    },
  };
  const greeting = [silence(200), speech(4000)];
  const said = (manner: AnswerManner) => told(verdicts(greeting, model, Infinity, manner))[0];
  assert.deepEqual(said({ listen: "before", sensitivity: "cautious" }), ["human", "unsure", 600]);
  assert.deepEqual(said({ listen: "beside", sensitivity: "cautious" }), ["machine", "sure", 1800]);
  assert.deepEqual(said({ listen: "beside", sensitivity: "balanced" }), ["machine", "sure", 1200]);
});

test("a machine is sorted by what follows: a beep, a wait for our word, or speech without end", () => {
  const first = ["machine", "sure", 1200];
  const greeting = [silence(200), speech(3000)];
  assert.deepEqual(told(verdicts([...greeting, silence(1000)], byLength, 3600)), [
    first,
    ["machine", "beep", 3600],
  ]);
  const [, waits] = verdicts([...greeting, silence(5000)]);
  assert.deepEqual([waits?.class, waits?.reason], ["screener", "waits"]);
  const [, endless] = verdicts([silence(200), speech(20_000)]);
  assert.deepEqual([endless?.class, endless?.reason, endless?.isFirst], ["machine", "talks-on", false]);
});

test("fax machines are known by their first tone, and a beep among words is none", () => {
  assert.equal(verdicts([silence(300), tone(2100, 1500)])[0]?.class, "fax");
  assert.equal(verdicts([silence(300), tone(1100, 500), silence(1000)])[0]?.class, "fax");
  assert.notEqual(verdicts([silence(300), speech(400), tone(1000, 300), silence(1500)])[0]?.class, "fax");
});

test("noise and random samples break nothing, and the model of the product is whole", () => {
  const random = seededRandom(3);
  const noise = Int16Array.from({ length: 8000 * 4 }, () => (random.next() - 0.5) * 60_000);
  assert.equal(verdicts([noise], answerModel).filter((v) => v.isFirst).length, 1);
  assert.deepEqual(answerModel.features, [...featureNames]);
  assert.ok(answerModel.trees.length > 10 && answerModel.points.before.cautious.length > 3);
  const p = probabilityOf(answerModel, new Float64Array(featureNames.length));
  assert.ok(p > 0 && p < 1);
});
