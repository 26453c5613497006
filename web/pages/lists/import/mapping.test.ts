import assert from "node:assert/strict";
import { test } from "node:test";
import { mappingProblems, toMapping, withRole } from "./mapping.ts";

test("a suggestion becomes a mapping; a field takes its header's name where the list has none", () => {
  assert.deepEqual(toMapping({ role: "phone", header: "手机", because: "header" }), { role: "phone" });
  assert.deepEqual(toMapping({ role: "field", header: "余额", because: "default" }), {
    role: "field",
    key: "余额",
    label: "余额",
  });
  assert.deepEqual(withRole("field", " ", 3), { role: "field", key: "4", label: "4" });
});

const field = (key: string) => ({ role: "field" as const, key, label: key });

test("an import needs a phone column and distinct fields", () => {
  assert.deepEqual(mappingProblems([field("a"), field("a")]), ["no-phone", "same-field"]);
  assert.deepEqual(mappingProblems([{ role: "phone" }, { role: "phone" }, field("a")]), []);
});
