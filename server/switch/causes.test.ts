import assert from "node:assert/strict";
import { test } from "node:test";
import {
  causeOfDetected,
  causeWithHeard,
  sipReasonOf,
  causeOfRefusal,
  isTrunkTrouble,
  moreTelling,
  q850Of,
  reasonHeaderOf,
  statusOfCause,
} from "./causes.ts";
import { causes, type Cause } from "./switch.ts";

const table: [status: number, rang: boolean, q850: number | undefined, expected: Cause][] = [
  [486, true, undefined, "busy"],
  [600, false, undefined, "busy"],
  [480, true, undefined, "no-answer"],
  [480, false, undefined, "unreachable"],
  [408, true, undefined, "no-answer"],
  [404, false, undefined, "invalid-number"],
  [484, false, undefined, "invalid-number"],
  [604, false, undefined, "invalid-number"],
  [603, true, undefined, "rejected"],
  [403, false, undefined, "rejected"],
  [488, false, undefined, "no-codec"],
  [503, false, undefined, "congestion"],
  [500, false, undefined, "trunk-failed"],
  [407, false, undefined, "trunk-failed"],
  [487, true, undefined, "cancelled"],
  [302, false, undefined, "moved"],
  [433, false, undefined, "blocked"],
  [499, false, undefined, "trunk-failed"],
  [699, false, undefined, "rejected"],
  // Gateways wrap the network's own cause in a general status.
  [503, false, 17, "busy"],
  [500, false, 1, "invalid-number"],
  [480, false, 19, "no-answer"],
  [480, true, 20, "unreachable"],
  [603, true, 34, "congestion"],
  [500, false, 22, "moved"],
  [503, false, 54, "call-barred"],
  // A cause without a meaning of its own leaves it to the status.
  [486, true, 16, "busy"],
];

test("SIP status and Q.850 become one cause", () => {
  for (const [status, rang, q850, expected] of table) {
    const reasonHeader = q850 === undefined ? undefined : `SIP;cause=200, Q.850 ;cause=${q850};text="x"`;
    assert.equal(causeOfRefusal({ status, rang, reasonHeader }), expected, `${status} ${rang} ${q850}`);
  }
});

test("silence from a trunk is the trunk's failure, silence after ringing is nobody at home", () => {
  assert.equal(causeOfRefusal({ status: 408, rang: false, stack: true }), "trunk-failed");
  assert.equal(causeOfRefusal({ status: 408, rang: true, stack: true }), "no-answer");
});

test("a Reason header without Q.850 gives no value", () => {
  assert.equal(q850Of(undefined), undefined);
  assert.equal(q850Of('SIP;cause=580;text="Precondition Failure"'), undefined);
  assert.equal(q850Of("SIP;cause=200;text=x;cause=17"), undefined);
  assert.equal(sipReasonOf('Q.850;cause=16,SIP;cause=486;text="Busy"'), 486);
  assert.equal(causeOfRefusal({ status: 480, rang: false, reasonHeader: "SIP;cause=486" }), "busy");
  assert.equal(q850Of('q.850; cause=17 ;text="User busy"'), 17);
});

test("only the trunk's trouble is worth another trunk", () => {
  assert.deepEqual(
    causes.filter((cause) => isTrunkTrouble(cause)),
    ["congestion", "trunk-failed"],
  );
});

test("of several phones the one where a person acted decides", () => {
  assert.equal(moreTelling("unreachable", "busy"), "busy");
  assert.equal(moreTelling("rejected", "no-answer"), "rejected");
});

test("an announcement goes before the status, a tone only before a general one", () => {
  assert.equal(causeWithHeard("invalid-number", { announcement: "suspended" }), "suspended");
  assert.equal(causeWithHeard("no-answer", { tone: "busy" }), "busy");
  assert.equal(causeWithHeard("invalid-number", { tone: "busy" }), "invalid-number");
  assert.equal(causeWithHeard("cancelled", { announcement: "busy", tone: "busy" }), "cancelled");
  const at = { levelDbm0: -10, atMs: 0 };
  assert.equal(causeOfDetected({ tone: "sit", sit: "no-circuit", ...at }), "congestion");
  assert.equal(causeOfDetected({ tone: "ringback", ...at }), undefined);
});

test("every cause has a final status and a Reason", () => {
  for (const cause of causes) {
    assert.ok(statusOfCause(cause) >= 400 && statusOfCause(cause) < 700, cause);
    assert.ok(q850Of(reasonHeaderOf(cause)) !== undefined, cause);
  }
});
