import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeskDraft } from "../../../shared/desk.ts";
import { leadEffect } from "./verdict.ts";

const draft = (callbackAt: string | null): DeskDraft => ({
  dispositionId: 1,
  form: {},
  note: "",
  callbackAt,
  callbackMine: true,
});
const later = draft("2026-01-05T10:00:00Z");

test("a promised time brings the lead back, whatever the disposition; without one a callback is a retry", () => {
  assert.equal(leadEffect({ effect: "done" }, later), "callback");
  assert.equal(leadEffect({ effect: "callback" }, later), "callback");
  assert.equal(leadEffect({ effect: "callback" }, draft(null)), "retry");
  assert.equal(leadEffect(null, null), null);
});

test("never again goes before a promised time, for which there is no callback", () => {
  assert.equal(leadEffect({ effect: "do-not-call" }, later), "do-not-call");
});
