import assert from "node:assert/strict";
import { test } from "node:test";
import type { DispositionNode, FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { fieldsToFill, shownAnswers, summaryProblems } from "../../../shared/service-summary.ts";

const leaf = (id: number, effect: DispositionNode["effect"] = "done"): DispositionNode => ({
  id,
  label: `d${id}`,
  effect,
  success: false,
  children: [],
});
const field = (key: string, type: FormField["type"], required = false): FormField => ({
  key,
  label: key,
  type,
  required,
  options: ["a", "b"],
});
const campaign = {
  summaryRequired: true,
  dispositions: [{ ...leaf(1), children: [leaf(2), leaf(3, "callback")] }],
  form: [field("why", "text", true), field("many", "choices"), field("age", "number"), field("day", "date")],
};
const now = Date.UTC(2026, 10, 20);
const draft = (change: Partial<DeskDraft> = {}): DeskDraft => ({
  dispositionId: 2,
  form: { why: "moved" },
  note: "",
  callbackAt: null,
  callbackMine: true,
  ...change,
});
const problems = (change: Partial<DeskDraft>) =>
  summaryProblems(campaign, draft(change), now).map((p) => `${p.field} ${p.problem}`);

test("a summary is final with a leaf of the tree and every required field", () => {
  assert.deepEqual(problems({}), []);
  assert.deepEqual(problems({ dispositionId: null, form: {} }), ["disposition required", "why required"]);
  assert.deepEqual(problems({ dispositionId: 1 }), ["disposition not-a-leaf"]);
  assert.deepEqual(problems({ dispositionId: 99 }), ["disposition unknown"]);
});

test("values must be what their fields are", () => {
  assert.deepEqual(problems({ form: { why: "x", many: ["a", "z"], age: "old", day: "soon" } }), [
    "many not-a-choice",
    "age not-a-number",
    "day not-a-date",
  ]);
  assert.deepEqual(problems({ form: { why: "x", many: ["a"], age: "41", day: "2026-11-20" } }), []);
});

test("a callback has a time that is to come", () => {
  assert.deepEqual(problems({ dispositionId: 3 }), ["callbackAt required"]);
  assert.deepEqual(problems({ dispositionId: 3, callbackAt: "2026-11-19T00:00:00Z" }), [
    "callbackAt in-the-past",
  ]);
  assert.deepEqual(problems({ dispositionId: 3, callbackAt: "2026-11-21T00:00:00Z" }), []);
});

test("a summary that is not required takes a form half full; a call outside of campaigns anything", () => {
  assert.deepEqual(
    summaryProblems({ ...campaign, summaryRequired: false }, draft({ dispositionId: null, form: {} }), now),
    [],
  );
  assert.deepEqual(summaryProblems(null, draft({ dispositionId: null, form: {} }), now), []);
});

const rule = (key: string, value: string) => ({
  match: "all" as const,
  tests: [{ key, op: "is" as const, value }],
});

test("a field is shown and required by the chosen result and the fields above it; what is hidden neither asks nor stays", () => {
  const form = [
    { ...field("amount", "money"), showIf: rule("$disposition", "d1") },
    {
      ...field("paid", "checkbox"),
      showIf: { match: "all" as const, tests: [{ key: "amount", op: "filled" as const, value: "" }] },
    },
    { ...field("mail", "email"), requiredIf: rule("paid", "true") },
  ];
  const sold = { ...campaign, form };
  const written = { amount: 9.999, paid: true, mail: "x" };
  const named = (form: Record<string, unknown>, dispositionId: number | null) =>
    summaryProblems(sold, draft({ form, dispositionId }), now).map((p) => `${p.field} ${p.problem}`);
  assert.deepEqual(named(written, 2), ["amount not-an-amount", "mail not-an-email"]);
  assert.deepEqual(named({ amount: 9.5, paid: true }, 2), ["mail required"]);
  assert.deepEqual(named({ amount: 9.5 }, 2), []);
  const other = { ...sold, dispositions: [...campaign.dispositions, leaf(7)] };
  const hidden = draft({ form: written, dispositionId: 7 });
  assert.deepEqual(
    fieldsToFill(other, hidden).map((one) => [one.field.key, one.required]),
    [["mail", false]],
  );
  assert.deepEqual(shownAnswers(other, hidden), { mail: "x" });
});

test("times and telephone numbers are what they say", () => {
  const all = { ...campaign, form: [field("at", "time"), field("tel", "phone")] };
  const of = (at: string, tel: string) =>
    summaryProblems(all, draft({ form: { at, tel } }), now).map((p) => p.problem);
  assert.deepEqual(of("09:30", "+86 138-0013 8000"), []);
  assert.deepEqual(of("24:00", "call me"), ["not-a-time", "not-a-phone"]);
});
