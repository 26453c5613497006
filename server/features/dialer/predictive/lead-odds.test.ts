import assert from "node:assert/strict";
import { test } from "node:test";
import { forecast } from "./forecast.ts";
import { createLeadOdds, type LeadFeatures } from "./lead-odds.ts";
import { nextLead } from "./next-lead.ts";
import { horizons } from "./release-table.ts";

const near = (value: number, wanted: number) =>
  assert.ok(Math.abs(value / wanted - 1) < 0.12, `${value} where ${wanted} is right`);

const row = (p: number) => new Float64Array(horizons).fill(p);

/** Leads of a list on which a quarter answers, and what the odds expect of each. */
function learn(leads: Iterable<[LeadFeatures, answered: boolean]>) {
  const odds = createLeadOdds();
  for (const [lead, answered] of leads) {
    const call = odds.open(lead);
    call.rang(0.25 * call.likelihood);
    call.ended(answered);
  }
  return odds;
}

test("it learns which kind of lead answers, and keeps it over a restart", () => {
  const leads = Array.from({ length: 3000 }, (_, i): [LeadFeatures, boolean] =>
    i % 5 < 2
      ? [{ numberType: "mobile" }, (i * 7) % 20 < 11]
      : [{ numberType: "landline" }, (i * 7) % 20 === 3],
  );
  const share = (type: string) => {
    const of = leads.filter(([lead]) => lead.numberType === type);
    return of.filter(([, answered]) => answered).length / of.length;
  };
  const all = leads.filter(([, answered]) => answered).length / leads.length;
  const odds = learn(leads);
  const again = createLeadOdds(JSON.parse(JSON.stringify(odds.save())));
  for (const type of ["mobile", "landline"]) {
    near(odds.likelihood({ numberType: type }), share(type) / all);
    const [before, after] = [odds, again].map((each) => each.likelihood({ numberType: type }).toFixed(9));
    assert.equal(after, before);
  }
});

test("two features that say the same thing do not count twice", () => {
  const leads = Array.from({ length: 6000 }, (_, i): [LeadFeatures, boolean] =>
    i % 2 === 0
      ? [{ numberType: "mobile", lastOutcome: "busy" }, i % 5 < 2]
      : [{ numberType: "landline", lastOutcome: "no-answer" }, i % 10 === 1],
  );
  const odds = learn(leads);
  near(odds.likelihood({ numberType: "mobile", lastOutcome: "busy" }), 0.4 / 0.3);
  near(odds.likelihood({ numberType: "landline", lastOutcome: "no-answer" }), 0.2 / 0.3);
});

test("what is not known, or was never seen, says nothing", () => {
  const odds = learn([]);
  for (const lead of [undefined, {}, { attempts: 9, numberType: "mobile" }])
    assert.equal(odds.likelihood(lead), 1);
});

test("one answer is got from a likely lead, several from unlikely ones; without room the likely are kept", () => {
  const buffer = [
    { place: 0, likelihood: 0.2, by: row(0.05) },
    { place: 1, likelihood: 2.2, by: row(0.55) },
  ];
  const choose = (idle: number, q: number) =>
    nextLead(buffer, q, 0.03, forecast({ idle, releases: [], cv: 0 })).place;
  assert.equal(choose(1, 0), 1);
  assert.equal(choose(4, 0), 0);
  assert.equal(choose(1, 0.029), 0);
  assert.equal(nextLead([buffer[1]!], 0, 0.03, forecast({ idle: 4, releases: [], cv: 0 })).place, 1);
});
