import assert from "node:assert/strict";
import { test } from "node:test";
import {
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
  [302, false, undefined, "error"],
  [699, false, undefined, "rejected"],
  // Gateways wrap the network's own cause in a general status.
  [503, false, 17, "busy"],
  [500, false, 1, "invalid-number"],
  [480, false, 19, "no-answer"],
  [480, true, 20, "unreachable"],
  [603, true, 34, "congestion"],
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

test("every cause has a final status and a Reason", () => {
  for (const cause of causes) {
    assert.ok(statusOfCause(cause) >= 400 && statusOfCause(cause) < 700, cause);
    assert.ok(q850Of(reasonHeaderOf(cause)) !== undefined, cause);
  }
});
