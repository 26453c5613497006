import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomes } from "../../../shared/calls.ts";
import { type Attempt, type LeadBefore, nextStep } from "./next-step.ts";

const at = Date.UTC(2026, 0, 5, 10);
const limits = { perLead: 4, perNumberPerDay: 3, minGapMs: 0 };
const retries = { busy: { delayMs: 300_000, tries: 2 }, "no-answer": { delayMs: 3_600_000, tries: 3 } };
const lead: LeadBefore = { phones: ["+8613800000001"], invalidPhones: [], attempts: 0, tries: {} };
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
