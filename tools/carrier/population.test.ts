import assert from "node:assert/strict";
import { test } from "node:test";
import { basePopulation, drawPlan } from "./population.ts";
import type { Plan } from "./plan.ts";

const numbers = Array.from({ length: 8000 }, (_, i) => `+86139${String(10_000_000 + i)}`);
const draw = (seed: number) => numbers.map((number) => drawPlan({ ...basePopulation, seed }, number, 1));
const says = (plan: Plan, part: string) =>
  plan.some((step) => "sound" in step && typeof step.sound === "string" && step.sound.startsWith(part));
const share = (plans: Plan[], fits: (plan: Plan) => boolean) => plans.filter(fits).length / plans.length;
const isRefused = (plan: Plan) => plan.some((step) => step.do === "refuse");

test("one seed gives every number the same life, whatever else is called", () => {
  assert.deepEqual(draw(7)[42], drawPlan({ ...basePopulation, seed: 7 }, numbers[42]!, 1));
  assert.notDeepEqual(draw(7), draw(8));
});

test("shares, ringing and talk are those that were asked for", () => {
  const plans = draw(1);
  assert.ok(Math.abs(share(plans, (plan) => says(plan, "hello")) - basePopulation.human) < 0.02);
  assert.ok(Math.abs(share(plans, (plan) => says(plan, "voicemail")) - basePopulation.voicemail) < 0.02);
  const { busy, invalid, off, congestion } = basePopulation;
  assert.ok(Math.abs(share(plans, isRefused) - (busy + invalid + off + congestion)) < 0.02);
  const people = plans.filter((plan) => says(plan, "hello"));
  const mean = (ms: (plan: Plan) => number) =>
    people.reduce((sum, plan) => sum + ms(plan), 0) / people.length;
  const ring = mean((plan) => (plan[2]?.do === "wait" ? plan[2].ms : 0));
  assert.ok(ring > 10_000 && ring < 12_000, `${ring} ms`);
  const talk = mean((plan) => plan.flatMap((step) => (step.do === "talk" ? [step.ms] : []))[0]!);
  assert.ok(talk > 135_000 && talk < 165_000, `${talk} ms`);
});
