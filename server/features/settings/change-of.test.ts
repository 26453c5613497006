import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseReasonChange } from "../../../shared/agents.ts";
import { leadChange } from "../../../shared/lists.ts";
import { settingsChange } from "../../../shared/settings.ts";

test("a change of some fields says nothing of the others", () => {
  assert.deepEqual(settingsChange.parse({ companyName: "x" }), { companyName: "x" });
  assert.deepEqual(leadChange.parse({ name: " Ana " }), { name: "Ana" });
  assert.deepEqual(pauseReasonChange.parse({ archived: true }), { archived: true });
  assert.equal(leadChange.safeParse({ priority: 10 }).success, false);
});
