import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialFacts, LegalFacts } from "./facts.ts";
import { mayDial } from "./may-dial.ts";
import { everyDay } from "../../../shared/week.ts";

const hour = 3_600_000;
/** Friday 20 November 2026, 12:00 in New York. */
const noon = Date.UTC(2026, 10, 20, 17);
const aroundTheClock = everyDay(["00:00", "24:00"]);

type Change = Partial<LegalFacts> & Partial<Pick<DialFacts, "at" | "origin">>;

/** A marketing call by an agent to New York under the federal pack, the register loaded yesterday. */
function facts({ at = noon, origin = "ratio", ...legal }: Change = {}): DialFacts {
  return {
    at,
    origin,
    phone: "+12125550100",
    timeZone: "America/New_York",
    hours: aroundTheClock,
    limits: { perLead: 9, perNumberPerDay: 9, minGapMs: 0 },
    doNotCall: [],
    leadAttempts: 0,
    numberAttempts: [],
    openCalls: 0,
    legal: {
      packs: [{ id: "us", version: "2026.1", regions: [] }],
      country: "US",
      timeZones: ["America/New_York"],
      kind: "agent-call",
      purpose: "marketing",
      agentGuaranteed: false,
      personNumbers: 1,
      perPersonPerDay: null,
      attempts: [],
      locks: [],
      consents: [],
      consentBasis: null,
      registers: [register()],
      ...legal,
    },
  };
}
const register = (change: Partial<LegalFacts["registers"][number]> = {}) => ({
  id: 1,
  name: "Federal registry",
  kind: "file" as const,
  key: "us-dnc",
  scope: "global" as const,
  listed: false,
  asOf: noon - 24 * hour,
  expiresAt: null,
  whenUnknown: "refuse" as const,
  ...change,
});
const agreed = (change: Partial<LegalFacts["consents"][number]> = {}) => ({
  id: 7,
  kinds: [],
  purposes: [],
  form: "express" as const,
  source: "web-form",
  givenAt: noon - 240 * hour,
  expiresAt: null,
  withdrawnAt: null,
  ...change,
});
const packs = (id: string, version: string, ...regions: string[]) => [{ id, version, regions }];
const refusedBy = (change: Change) =>
  mayDial(facts(change)).reasons.flatMap((r) => (r.allowed ? [] : [r.rule]));

test("federal hours, and the state's where it is stricter", () => {
  const evening = noon + 8.5 * hour; // 20:30
  assert.deepEqual(refusedBy({ at: evening }), []);
  const florida = { at: evening, packs: packs("us", "2026.1", "US-FL") };
  assert.deepEqual(refusedBy(florida), ["legal-hours"]);
  assert.equal(mayDial(facts(florida)).retryAt, Date.UTC(2026, 10, 21, 13)); // 08:00 the next day
  assert.deepEqual(refusedBy({ ...florida, purpose: "service" }), []);
});

test("several clocks: the number's and the address's must both be open", () => {
  const zones = { timeZones: ["America/New_York", "America/Los_Angeles"] };
  assert.deepEqual(refusedBy({ ...zones, at: noon - 2 * hour }), ["legal-hours"]); // 07:00 in Los Angeles
  assert.equal(mayDial(facts({ ...zones, at: noon - 2 * hour })).retryAt, noon - hour);
  assert.deepEqual(refusedBy({ ...zones, at: noon + 9.5 * hour }), ["legal-hours"]); // 21:30 in New York
});

test("attempts to a person count over all numbers, in a rolling window, by subject where the law says so", () => {
  const florida = packs("us", "2026.1", "US-FL");
  const tries = [1, 2, 23].map((ago) => ({
    at: noon - ago * hour,
    sameNumber: ago === 1,
    sameCampaign: true,
  }));
  assert.deepEqual(refusedBy({ packs: florida, attempts: tries }), ["legal-attempts"]);
  assert.equal(mayDial(facts({ packs: florida, attempts: tries })).retryAt, noon + hour);
  const others = tries.map((attempt) => ({ ...attempt, sameCampaign: false }));
  assert.deepEqual(refusedBy({ packs: florida, attempts: others }), []);
  assert.deepEqual(refusedBy({ attempts: others, perPersonPerDay: 3 }), ["attempts-per-person-per-day"]);
  assert.deepEqual(refusedBy({ attempts: others, perPersonPerDay: 3, origin: "callback" }), []);
});

test("a number rests after an abandoned call, unless an agent waits for it, and after a complaint in any case", () => {
  const gb = { packs: packs("gb", "2026.1"), purpose: "service" as const };
  const abandoned = { after: "abandoned" as const, at: noon - 71 * hour, until: null, disposition: null };
  assert.deepEqual(refusedBy({ ...gb, locks: [abandoned] }), ["lock-out"]);
  assert.equal(mayDial(facts({ ...gb, locks: [abandoned] })).retryAt, noon + hour);
  assert.deepEqual(refusedBy({ ...gb, locks: [abandoned], agentGuaranteed: true }), []);
  assert.deepEqual(refusedBy({ ...gb, locks: [{ ...abandoned, at: noon - 72 * hour }] }), []);
  const rest = { ...abandoned, after: "own" as const, until: noon + 5 * hour, disposition: "Not now" };
  assert.deepEqual(refusedBy({ locks: [rest] }), ["lock-out"]);
  assert.deepEqual(refusedBy({ locks: [rest], origin: "callback" }), []);
  assert.deepEqual(refusedBy({ locks: [{ ...rest, after: "complaint" }], origin: "callback" }), ["lock-out"]);
});

test("consent: in the form asked for, for this kind and purpose, in force, and not withdrawn", () => {
  const message = { kind: "recorded-message" as const };
  const refused = (...consents: LegalFacts["consents"]) => refusedBy({ ...message, consents });
  assert.deepEqual(refused(), ["consent"]);
  assert.deepEqual(refused(agreed()), ["consent"]); // written is asked for
  assert.deepEqual(refused(agreed({ form: "written" })), []);
  assert.deepEqual(refused(agreed({ form: "written", kinds: ["agent-call"] })), ["consent"]);
  assert.deepEqual(refused(agreed({ form: "written", purposes: ["survey"] })), ["consent"]);
  assert.deepEqual(refused(agreed({ form: "written", expiresAt: noon })), ["consent"]);
  assert.deepEqual(refused(agreed({ form: "written", withdrawnAt: noon - 1 })), ["consent"]);
  assert.deepEqual(refused(agreed({ form: "written", givenAt: noon + 1 })), ["consent"]);
  const consentBasis = { text: "customers since 2020", byUserId: 1, at: 0 };
  assert.deepEqual(refusedBy({ ...message, consentBasis }), []);
  const withdrew = [agreed({ withdrawnAt: noon - hour })];
  assert.deepEqual(refusedBy({ ...message, consentBasis, consents: withdrew }), ["consent"]);
});

test("a public register must be fresh and silent about the number, or consent lifts it", () => {
  assert.deepEqual(refusedBy({ registers: [] }), ["public-register"]);
  assert.deepEqual(refusedBy({ registers: [register({ listed: true })] }), ["public-register"]);
  assert.deepEqual(refusedBy({ registers: [register({ asOf: noon - 32 * 24 * hour })] }), [
    "public-register",
  ]);
  assert.deepEqual(refusedBy({ registers: [], consents: [agreed()] }), []);
});

const own = (change: Parameters<typeof register>[0]) => ({
  purpose: "service" as const,
  registers: [register({ key: null, ...change })],
});

test("the company's own register refuses who is listed; when it cannot say, its setting decides", () => {
  assert.deepEqual(refusedBy(own({ listed: false })), []);
  assert.deepEqual(refusedBy({ ...own({ listed: true }), origin: "callback" }), ["register"]);
  assert.equal(mayDial(facts(own({ listed: true }))).retryAt, null);
  assert.deepEqual(refusedBy(own({ listed: null })), ["register"]);
  assert.equal(mayDial(facts(own({ listed: null }))).retryAt, noon + 60_000);
  assert.deepEqual(refusedBy(own({ listed: null, whenUnknown: "allow" })), []);
  assert.deepEqual(refusedBy(own({ listed: true, expiresAt: noon })), ["register"]); // out of date: it cannot say
});

test("France lifts its hours for who agreed; Spain closes on its holidays; China on Spring Festival", () => {
  const paris = { packs: packs("eu", "2026.2", "FR"), timeZones: ["Europe/Paris"] };
  const saturday = Date.UTC(2026, 10, 21, 10);
  assert.deepEqual(refusedBy({ ...paris, at: saturday }), ["legal-hours", "consent"]);
  assert.deepEqual(refusedBy({ ...paris, at: saturday, consents: [agreed()] }), []);
  // Consent as such no longer does; a call at an agreed moment is not told apart.
  const corrected = { ...paris, packs: packs("eu", "2026.3", "FR"), at: saturday, consents: [agreed()] };
  assert.deepEqual(refusedBy(corrected), ["legal-hours"]);
  const madrid = { packs: packs("eu", "2026.1", "ES"), timeZones: ["Europe/Madrid"], consents: [agreed()] };
  assert.deepEqual(refusedBy({ ...madrid, at: Date.UTC(2026, 11, 8, 11) }), ["legal-hours"]);
  const beijing = { packs: packs("cn", "2026.1"), timeZones: ["Asia/Shanghai"], consents: [agreed()] };
  const newYear = { ...beijing, at: Date.UTC(2026, 1, 17, 4), consents: [agreed({ givenAt: 0 })] };
  assert.deepEqual(refusedBy(newYear), ["legal-hours"]);
  assert.equal(mayDial(facts(newYear)).retryAt, Date.UTC(2026, 1, 20, 1));
});

test("a decision names its rules, and facts without them are judged as of old", () => {
  assert.equal(mayDial(facts()).rulesVersion, "2026.2 us@2026.1");
  const { legal: _, ...old } = facts();
  const before = mayDial(old);
  assert.deepEqual([before.rulesVersion, before.reasons.length], ["2026.1", 6]);
  assert.throws(() => mayDial(facts({ packs: packs("us", "1999") })), /us 1999 is unknown/);
});
