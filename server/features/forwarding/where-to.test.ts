import assert from "node:assert/strict";
import { test } from "node:test";
import { type Forwarding, forwarding } from "../../../shared/forwarding.ts";
import { type PersonFacts, whereTo } from "./where-to.ts";

const voicemail = { type: "voicemail" } as const;
const ben = { type: "agent", userId: 7 } as const;
const mobile = { type: "number", phone: "13800138000" } as const;
/** A Wednesday, 10:00 in Shanghai. */
const at = Date.UTC(2026, 10, 18, 2);
const facts: PersonFacts = { at, timeZone: "Asia/Shanghai", present: true, onCall: false };
const of = (change: Partial<Forwarding>) => ({ ...forwarding.parse({ directNumber: null }), ...change });
const goes = (change: Partial<Forwarding>, more: Partial<PersonFacts> = {}) => {
  const stop = whereTo(of(change), { ...facts, ...more });
  return stop.ring ? "rings" : [stop.because, stop.to?.type ?? null];
};

test("the first rule that holds says where a call for a person goes", () => {
  const all = { always: ben, outOfHours: mobile, busy: voicemail, noAnswer: mobile };
  const morning = { wednesday: [["08:00", "12:00"]] } as unknown as Forwarding["hours"];
  const evening = { wednesday: [["18:00", "22:00"]] } as unknown as Forwarding["hours"];
  assert.equal(goes({}), "rings");
  assert.deepEqual(goes(all), ["always", "agent"]);
  assert.equal(goes({ ...all, always: null, hours: morning }), "rings");
  assert.deepEqual(goes({ ...all, always: null, hours: evening }), ["out-of-hours", "number"]);
  assert.equal(goes({ hours: evening }), "rings", "hours without a target hold nobody back");
  assert.deepEqual(goes({ busy: voicemail, doNotDisturb: true }), ["do-not-disturb", "voicemail"]);
  assert.deepEqual(goes({ doNotDisturb: true }), ["do-not-disturb", null]);
  assert.deepEqual(goes({ noAnswer: mobile }, { present: false }), ["away", "number"]);
  assert.deepEqual(goes({ busy: voicemail }, { onCall: true }), ["busy", "voicemail"]);
  assert.equal(goes({ noAnswer: mobile }, { onCall: true }), "rings", "a second call is announced");
});
