import assert from "node:assert/strict";
import { test } from "node:test";
import type { DispositionNode, FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { summaryProblems } from "./summary.ts";

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
