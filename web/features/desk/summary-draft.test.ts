import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormField } from "../../../shared/campaigns.ts";
import { shownValue } from "./summary-draft.ts";

const field = (key: string, required: boolean, type: FormField["type"] = "text"): FormField => ({
  key,
  label: key,
  type,
  required,
  options: [],
});

test("a value of another type than the field's is shown as none", () => {
  assert.equal(shownValue(field("a", false, "number"), "7"), null);
  assert.deepEqual(shownValue(field("a", false, "choices"), ["x", 1]), ["x"]);
  assert.equal(shownValue(field("a", false, "yes-no"), false), false);
  assert.equal(shownValue(field("a", false, "checkbox"), "yes"), null);
  assert.equal(shownValue(field("a", false, "text"), 3), null);
});
