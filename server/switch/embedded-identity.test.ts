import assert from "node:assert/strict";
import { test } from "node:test";
import { trunkTo } from "../../test/kit/switch-bed.ts";
import type { IncomingCall } from "../sip/types.ts";
import { incomingIdentity, outgoingIdentity } from "./embedded-identity.ts";
import type { OriginateRequest, TrunkConfig } from "./switch.ts";

const trunk = (change: Partial<TrunkConfig>) =>
  trunkTo({ host: "203.0.113.9", port: 5060 }, 1, {
    domain: "carrier.example",
    numberFormat: "digits",
    ...change,
  });
const request = (change: Partial<OriginateRequest> = {}): OriginateRequest => ({
  legId: "l",
  destination: { kind: "trunk", trunkIds: [1], number: "+8613800138000" },
  callerId: "+861065529988",
  callerName: "Waihu",
  ringTimeoutMs: 1000,
  affinity: "a",
  ...change,
});
const called = "sip:8613800138000@carrier.example";
const own = "sip:861065529988@carrier.example";

const headers = (identityHeader: TrunkConfig["identityHeader"]) =>
  outgoingIdentity(trunk({ identityHeader }), request(), called).headers;

const told = (from: string, headers: [string, string][], change: Partial<TrunkConfig> = {}) =>
  incomingIdentity(
    { from: { uri: `sip:${from}@x`, user: from }, headers } as unknown as IncomingCall,
    trunk(change),
  );

test("who we are stands where the carrier reads it", () => {
  assert.deepEqual(headers("p-asserted-identity"), [["P-Asserted-Identity", `<${own}>`]]);
  assert.deepEqual(headers("p-preferred-identity"), [["P-Preferred-Identity", `<${own}>`]]);
  assert.deepEqual(headers("remote-party-id"), [
    ["Remote-Party-ID", `<${own}>;party=calling;screen=yes;privacy=off`],
  ]);
  assert.deepEqual(headers("none"), []);
});

test("a withheld number: the carrier knows it, the person called does not", () => {
  const identity = outgoingIdentity(trunk({ withholdNumber: true }), request(), called);
  assert.deepEqual(identity, {
    from: "sip:anonymous@anonymous.invalid",
    fromName: "Anonymous",
    headers: [
      ["P-Asserted-Identity", `<${own}>`],
      ["Privacy", "id"],
    ],
  });
  const shown = outgoingIdentity(trunk({ withholdNumber: true }), request({ withholdNumber: false }), called);
  assert.equal(shown.from, own);
});

test("for whom a forwarded call was goes out as the carrier wants it", () => {
  const diversion = { number: "+861065520000", reason: "no-answer" } as const;
  const last = (diversionHeader: TrunkConfig["diversionHeader"]) =>
    outgoingIdentity(trunk({ diversionHeader }), request({ diversion }), called).headers.slice(1);
  const first = "sip:861065520000@carrier.example";
  assert.deepEqual(last("diversion"), [["Diversion", `<${first}>;reason=no-answer;counter=1`]]);
  assert.deepEqual(last("history-info"), [
    ["History-Info", `<${first}?Reason=SIP%3Bcause%3D302>;index=1, <${called}>;index=1.1;mp=1`],
  ]);
  assert.deepEqual(last("none"), []);
});

test("who calls: the carrier's word where it is trusted, nobody where the caller withholds", () => {
  const pai: [string, string] = ["P-Asserted-Identity", '"Li Lei" <sip:13900139000@x>, <tel:+8613900139000>'];
  const known = { from: "+8613900139000", fromName: "Li Lei", anonymous: false };
  assert.deepEqual(told("10086", [pai]), known);
  assert.deepEqual(told("anonymous", [pai]), known);
  assert.equal(told("13800138000", [pai], { trustIdentity: false }).from, "+8613800138000");
  const nobody = { from: "anonymous", anonymous: true };
  assert.deepEqual(told("anonymous", []), nobody);
  assert.deepEqual(told("13900139000", [pai, ["Privacy", "id;critical"]]), nobody);
  assert.deepEqual(
    told("1", [["Remote-Party-ID", "<sip:13900139000@x>;party=calling;privacy=full"]]),
    nobody,
  );
  const diverted = told("13900139000", [
    ["Diversion", "<sip:01065521111@x>;reason=user-busy"],
    ["Diversion", "<sip:01065520000@x>;reason=unconditional"],
  ]);
  assert.deepEqual([diverted.divertedFrom, diverted.diversionReason], ["+861065520000", "unconditional"]);
  const history = "<sip:01065520000@x?Reason=SIP%3Bcause%3D486>;index=1, <sip:01065521111@x>;index=1.1;mp=1";
  const moved = told("13900139000", [["History-Info", history]]);
  assert.deepEqual([moved.divertedFrom, moved.diversionReason], ["+861065520000", "486"]);
});
