import assert from "node:assert/strict";
import { test } from "node:test";
import type { RetryRules } from "../../../shared/after-call.ts";
import { outcomes } from "../../../shared/calls.ts";
import { answerCurve } from "./answer-curve.ts";
import { type Attempt, type LeadBefore, nextStep as stepBy, type StepRules } from "./next-step.ts";

const at = Date.UTC(2026, 0, 5, 10);
const limits = { perLead: 4, perNumberPerDay: 3, minGapMs: 0 };
const retries: RetryRules = {
  busy: { delayMs: 300_000, tries: 2 },
  "no-answer": { delayMs: 3_600_000, tries: 3 },
};
const lead: LeadBefore = {
  phones: ["+8613800000001"],
  kinds: ["mobile", "mobile", "mobile"],
  givenUp: [],
  attempts: 0,
  tries: {},
  timeZone: "Asia/Shanghai",
  memory: {},
};
const rules: StepRules = { retries, limits, hours: null, phoneOrder: [], curve: answerCurve([]) };
const nextStep = (before: LeadBefore, made: Attempt, by: RetryRules, within = limits) =>
  stepBy(before, made, { ...rules, retries: by, limits: within });
const attempt = (change: Partial<Attempt>): Attempt => ({
  at,
  outcome: "no-answer",
  effect: null,
  dialled: true,
  phone: "+8613800000001",
  ...change,
});

test("a busy number is tried again after its delay, so often as the rule says", () => {
  const first = nextStep(lead, attempt({ outcome: "busy" }), retries, limits);
  assert.deepEqual([first.status, first.dueAt, first.attempts], ["ready", at + 300_000, 1]);
  const second = nextStep({ ...lead, ...first }, attempt({ outcome: "busy" }), retries, limits);
  assert.equal(second.status, "ready");
  const third = nextStep({ ...lead, ...second }, attempt({ outcome: "busy" }), retries, limits);
  assert.deepEqual([third.status, third.reason], ["done", "tries"]);
});

test("the limit per lead ends what a rule would go on with", () => {
  const last = nextStep({ ...lead, attempts: 3 }, attempt({}), retries, limits);
  assert.deepEqual([last.status, last.reason], ["done", "attempts"]);
});

const chosen = (effect: Attempt["effect"]) =>
  nextStep(lead, attempt({ outcome: "connected", effect }), retries, limits);

test("what an agent chose speaks before the outcome's rule", () => {
  assert.deepEqual([chosen("done").status, chosen("done").reason], ["done", "disposition"]);
  assert.deepEqual([chosen("do-not-call").status, chosen("do-not-call").reason], ["done", "do-not-call"]);
  assert.equal(chosen("callback").status, "callback");
  assert.deepEqual([chosen("retry").status, chosen("retry").dueAt], ["ready", at + 3_600_000]);
  assert.deepEqual([chosen(null).status, chosen(null).reason], ["done", "connected"]);
});

test("an invalid number gives way to the next, and never comes back", () => {
  const phones = ["+8613800000001", "+8613800000002"];
  const first = nextStep({ ...lead, phones }, attempt({ outcome: "invalid-number" }), retries, limits);
  assert.deepEqual([first.status, first.dueAt, first.nextPhone], ["ready", at, phones[1]]);
  const second = nextStep({ ...lead, phones, ...first }, attempt({ phone: phones[1]! }), retries, limits);
  assert.deepEqual([second.status, second.nextPhone], ["ready", phones[1]]);
  const third = nextStep(
    { ...lead, phones, ...second },
    attempt({ outcome: "invalid-number", phone: phones[1]! }),
    retries,
    limits,
  );
  assert.deepEqual([third.status, third.reason], ["done", "invalid-number"]);
});

test("a suspended number gives way to the next once; then its own rule speaks", () => {
  const phones = ["+8613800000001", "+8613800000002"];
  const first = nextStep({ ...lead, phones }, attempt({ outcome: "suspended" }), retries, limits);
  assert.deepEqual([first.status, first.dueAt, first.nextPhone], ["ready", at, phones[1]]);
  const both = nextStep(
    { ...lead, phones, ...first },
    attempt({ outcome: "suspended", phone: phones[1]! }),
    retries,
    limits,
  );
  assert.deepEqual([both.status, both.reason], ["done", "suspended"]);
});

test("a refusal waits for the gate's time without counting; a refusal for ever ends the lead", () => {
  const later = nextStep(
    lead,
    attempt({ outcome: "refused", dialled: false, retryAt: at + 1 }),
    retries,
    limits,
  );
  assert.deepEqual([later.status, later.dueAt, later.attempts], ["ready", at + 1, 0]);
  const never = nextStep(
    lead,
    attempt({ outcome: "refused", dialled: false, retryAt: null }),
    retries,
    limits,
  );
  assert.deepEqual([never.status, never.reason], ["done", "refused"]);
});

test("what was not the person's doing costs nothing: a call given up while it rang, and a carrier that is out", () => {
  const used = { ...lead, attempts: 2, tries: { congestion: 2 } };
  const givenUp = nextStep(used, attempt({ outcome: "given-up" }), retries, limits);
  assert.deepEqual(
    [givenUp.status, givenUp.attempts, givenUp.tries, givenUp.nextPhone],
    ["ready", 2, used.tries, attempt({}).phone],
  );
  const rules = { congestion: { delayMs: 60_000, tries: 1 } };
  const late = nextStep(used, attempt({ outcome: "congestion" }), rules, limits);
  assert.deepEqual([late.status, late.attempts], ["ready", 2]);
  assert.equal(late.dueAt! - attempt({}).at, 4 * 60_000, "ever later");
  const dead = nextStep(
    { ...used, tries: { congestion: 29 } },
    attempt({ outcome: "congestion" }),
    rules,
    limits,
  );
  assert.deepEqual([dead.status, dead.reason], ["done", "tries"]);
});

test("every outcome has an exit, and what was our own fault is tried again without a rule", () => {
  for (const outcome of outcomes) {
    const step = nextStep(lead, attempt({ outcome }), {}, limits);
    if (step.status === "ready") assert.equal(typeof step.dueAt, "number", outcome);
    else assert.equal(typeof step.reason, "string", outcome);
  }
  for (const outcome of ["crashed", "trunk-failed", "agent-lost", "abandoned"] as const)
    assert.equal(nextStep(lead, attempt({ outcome }), {}, limits).status, "ready", outcome);
});

const three: LeadBefore = {
  ...lead,
  phones: ["+862112345678", "+8613800000001", "+8613800000002"],
  kinds: ["work", "mobile", "home"],
};
const after = (before: LeadBefore, made: Partial<Attempt>, by: RetryRules) =>
  nextStep(before, attempt(made), by);

test("the campaign's order of kinds says which number comes next; `same` stays with one", () => {
  const order: StepRules = { ...rules, phoneOrder: ["mobile", "home"] };
  const first = stepBy(three, attempt({ phone: three.phones[1]! }), order);
  assert.equal(first.nextPhone, three.phones[2]);
  const second = stepBy({ ...three, ...first }, attempt({ phone: three.phones[2]! }), order);
  assert.equal(second.nextPhone, three.phones[0]);
  const same: RetryRules = { "no-answer": { delayMs: 0, tries: 3, number: "same" } };
  assert.equal(after(three, { phone: three.phones[1]! }, same).nextPhone, three.phones[1]);
});

test("a number that is off more often than the rule tries is given up for good; the others go on", () => {
  const by: RetryRules = { "powered-off": { delayMs: 60_000, tries: 1, number: "same" } };
  const off = { outcome: "powered-off", phone: three.phones[0]! } as const;
  const first = after(three, off, by);
  assert.deepEqual([first.nextPhone, first.dueAt, first.givenUp], [three.phones[0], at + 60_000, []]);
  assert.deepEqual(first.memory[three.phones[0]!], { outcome: "powered-off", inRow: 1, at });
  const between = after({ ...three, ...first }, { outcome: "busy", phone: three.phones[0]! }, retries);
  assert.equal(after({ ...three, ...between }, off, by).givenUp.length, 0);
  const second = after({ ...three, ...first }, off, by);
  assert.deepEqual([second.status, second.dueAt, second.nextPhone], ["ready", at, three.phones[1]]);
  assert.deepEqual(second.givenUp, [three.phones[0]]);
});

test("until reached, only the law ends it", () => {
  const endless: RetryRules = { "no-answer": { delayMs: 0, tries: 1, untilReached: true } };
  const tired = { ...lead, attempts: 500, tries: { "no-answer": 500 } };
  assert.equal(after(tired, {}, endless).status, "ready");
  assert.equal(after(tired, { outcome: "busy" }, { ...endless, ...retries }).reason, "attempts");
});

test("tries used up: to another list, or at rest until the lock ends with its tries before it", () => {
  const used = { ...lead, tries: { busy: 2 } };
  const toList: RetryRules = { busy: { delayMs: 0, tries: 2, usedUp: "list", listId: 7 } };
  const moved = after(used, { outcome: "busy" }, toList);
  assert.deepEqual(
    [moved.status, moved.reason, moved.exhausted],
    ["done", "tries", { to: "list", listId: 7 }],
  );
  const lock: RetryRules = { busy: { delayMs: 0, tries: 2, usedUp: "lock", lockDays: 30 } };
  const until = at + 30 * 24 * 3_600_000;
  const rests = after(used, { outcome: "busy" }, lock);
  assert.deepEqual([rests.status, rests.dueAt, rests.tries.busy], ["ready", until, 0]);
  assert.deepEqual(rests.exhausted, { to: "lock", until });
  // With no attempts left it is done, and locked all the same.
  const last = after({ ...used, attempts: 3 }, { outcome: "busy" }, lock);
  assert.deepEqual([last.status, last.exhausted], ["done", { to: "lock", until }]);
});

test("the next try shows another number of ours when the rule says so", () => {
  const rule: RetryRules = { "no-answer": { delayMs: 0, tries: 3, otherCallerId: true } };
  assert.equal(after(lead, {}, rule).otherCallerId, true);
  assert.equal(after(lead, {}, retries).otherCallerId, false);
});
