import assert from "node:assert/strict";
import { test } from "node:test";
import type { DispositionNode, FormField } from "../../../shared/campaigns.ts";
import { dispositionPath, emptyDraft, missingParts, shownValue } from "./summary-draft.ts";

const node = (id: number, effect: DispositionNode["effect"], children: DispositionNode[] = []) => ({
  id,
  label: `d${id}`,
  effect,
  success: false,
  children,
});
const tree = [node(1, "done", [node(2, "done"), node(3, "callback")]), node(4, "retry")];
const field = (key: string, required: boolean, type: FormField["type"] = "text"): FormField => ({
  key,
  label: key,
  type,
  required,
  options: [],
});

test("a disposition is found with its way from the root", () => {
  assert.deepEqual(
    dispositionPath(tree, 3).map((n) => n.id),
    [1, 3],
  );
  assert.deepEqual(dispositionPath(tree, 9), []);
  assert.deepEqual(dispositionPath(tree, null), []);
});

test("a required summary names what is missing, in the order of the page", () => {
  const call = {
    form: [field("plan", true), field("age", false)],
    dispositions: tree,
    summaryRequired: true,
  };
  assert.deepEqual(missingParts(call, emptyDraft), ["disposition", "plan"]);
  const callback = { ...emptyDraft, dispositionId: 3, form: { plan: "A" } };
  assert.deepEqual(missingParts(call, callback), ["callback"]);
  assert.deepEqual(missingParts(call, { ...callback, callbackAt: "2026-11-21T10:00:00Z" }), []);
  assert.deepEqual(missingParts({ ...call, dispositions: [] }, { ...emptyDraft, form: { plan: [] } }), [
    "plan",
  ]);
});

test("an optional summary asks only for the time of a callback", () => {
  const call = { form: [field("plan", true)], dispositions: tree, summaryRequired: false };
  assert.deepEqual(missingParts(call, emptyDraft), []);
  assert.deepEqual(missingParts(call, { ...emptyDraft, dispositionId: 3 }), ["callback"]);
});

test("a value of another type than the field's is shown as none", () => {
  assert.equal(shownValue(field("a", false, "number"), "7"), null);
  assert.deepEqual(shownValue(field("a", false, "choices"), ["x", 1]), ["x"]);
  assert.equal(shownValue(field("a", false, "yes-no"), false), false);
  assert.equal(shownValue(field("a", false, "text"), 3), null);
});
