import assert from "node:assert/strict";
import { test } from "node:test";
import { type BarringInput, barringInput } from "../../../shared/barring.ts";
import { weekdays, weekHours } from "../../../shared/campaigns.ts";
import { type BarredFacts, barredBy } from "./rules.ts";

const rule = (id: number, input: Partial<BarringInput>) => ({
  id,
  ...barringInput.parse({ name: `rule ${id}`, action: "bar", prefixes: ["+"], ...input }),
});
/** A Wednesday, 20:00 in Shanghai. */
const facts: BarredFacts = {
  phone: "+8613800138000",
  role: "agent",
  at: Date.UTC(2026, 10, 18, 12),
  timeZone: "Asia/Shanghai",
};
const evening = weekHours.parse(
  Object.fromEntries(weekdays.map((day) => [day, day === "wednesday" ? [["18:00", "24:00"]] : []])),
);

test("the first rule that fits the number, the role and the hour decides", () => {
  const abroad = [rule(1, { action: "allow", prefixes: ["+86"] }), rule(2, {})];
  assert.equal(barredBy(abroad, facts), undefined);
  assert.equal(barredBy(abroad, { ...facts, phone: "+12125550100" })?.id, 2);
  const ofAgents = [rule(3, { prefixes: ["+86138"], roles: ["agent"], hours: evening })];
  assert.equal(barredBy(ofAgents, facts)?.id, 3);
  assert.equal(barredBy(ofAgents, { ...facts, role: "manager" }), undefined);
  assert.equal(barredBy(ofAgents, { ...facts, role: null }), undefined);
  assert.equal(barredBy(ofAgents, { ...facts, at: Date.UTC(2026, 10, 18, 2) }), undefined);
  assert.equal(barredBy([rule(4, { enabled: false })], facts), undefined);
});
