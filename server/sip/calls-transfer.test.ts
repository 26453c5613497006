import assert from "node:assert/strict";
import { test } from "node:test";
import { accepted, ended, failed, incoming } from "../../test/kit/sip-events.ts";
import { plainSdp, sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import { formatReplaces } from "./replaces.ts";
import type { Referral, SipStack, SipTrace } from "./types.ts";

/** Alice calls Bob; both ends of a call that is up. */
async function talk(alice: SipStack, bob: SipStack) {
  const there = incoming(bob);
  const call = alice.invite({ uri: uriAt(bob, "bob"), from: uriAt(alice, "alice"), body: plainSdp() });
  const other = await there;
  other.accept(plainSdp());
  await accepted(call);
  // The ACK has come when what follows it is answered.
  await call.info(plainSdp());
  return { call, other };
}

const referral = (call: { on(event: "refer", listener: (referral: Referral) => void): void }) =>
  new Promise<Referral>((resolve) => call.on("refer", resolve));

test("a blind transfer: the target, who asked, and how it went", async () => {
  const seen: SipTrace[] = [];
  await using alice = await sipStack({ onTrace: (trace) => seen.push(trace) });
  await using bob = await sipStack();
  const { call, other } = await talk(alice, bob);
  assert.ok(call.allows("REFER") && !call.allows("PUBLISH"));
  const asked = referral(other);
  const progress: number[] = [];
  const result = call.refer("sip:carol@example.com;user=phone", {
    headers: [["Referred-By", "<sip:alice@example.com>"]],
    onProgress: ({ status }) => progress.push(status),
  });
  const there = await asked;
  const { uri, user, headers } = there;
  assert.deepEqual([uri, user], ["sip:carol@example.com;user=phone", "carol"]);
  assert.deepEqual(headers, [["Referred-By", "<sip:alice@example.com>"]]);
  there.accept();
  there.progress(180);
  there.progress(200);
  assert.deepEqual(await result, { status: 200, reason: "OK", headers: [] });
  assert.deepEqual(progress, [100, 180]);
  const last = seen.findLast(({ text }) => text.startsWith("NOTIFY"))!.text;
  assert.match(last, /^Subscription-State: terminated;reason=noresource\r$/m);
  assert.match(last, /^Event: refer\r$/m);

  const refused = call.refer("sip:dave@example.com");
  (await referral(other)).refuse(603);
  assert.equal((await refused).status, 603);
  assert.equal((await call.refer("mailto:dave@example.com")).status, 400);
  assert.equal((await call.refer("sip:dave@example.com;method=BYE")).status, 501);
});

test("a transfer whose asker hangs up before it is told, and one that wants to be told nothing", async () => {
  const seen: SipTrace[] = [];
  await using alice = await sipStack({ onTrace: (trace) => seen.push(trace) });
  await using bob = await sipStack();
  const { call, other } = await talk(alice, bob);
  other.on("refer", (asked) => asked.progress(200));
  const quiet = await call.refer("sip:carol@example.com", { headers: [["Refer-Sub", "false"]] });
  assert.equal(quiet.status, 202);
  assert.ok(!seen.some(({ text }) => text.startsWith("NOTIFY")));
  const again = await talk(alice, bob);
  again.other.on("refer", (asked) => {
    asked.accept();
    again.other.hangup();
  });
  assert.equal((await again.call.refer("sip:dave@example.com")).status, 202);
});

test("a call that replaces another: found by its tags, refused when it is not there", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const { call, other } = await talk(alice, bob);
  const replaces = formatReplaces(call.dialog!);
  const place = (value: string) =>
    alice.invite({
      uri: uriAt(bob, "bob"),
      from: uriAt(alice, "carol"),
      body: plainSdp(),
      headers: [["Replaces", value]],
    });
  for (const [value, status] of [
    ["nobody@nowhere;to-tag=1;from-tag=2", 481],
    [`${replaces};early-only`, 486],
    ["without-tags", 400],
  ] as const)
    assert.equal((await failed(place(value))).status, status, value);

  const there = incoming(bob);
  const taking = place(replaces);
  const newcomer = await there;
  assert.equal(newcomer.replaces?.callId, call.callId);
  newcomer.accept(plainSdp());
  await accepted(taking);
  const over = ended(call);
  other.hangup();
  assert.equal((await over).by, "remote");
});

test("an attended transfer: Refer-To carries what our INVITE must replace", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  await using carol = await sipStack();
  const first = await talk(alice, bob);
  const consult = await talk(alice, carol);
  const { dialog } = consult.call;
  const asked = referral(first.other);
  const result = first.call.refer(
    `${dialog!.remoteTarget}?Replaces=${encodeURIComponent(formatReplaces(dialog!))}`,
  );
  const request = await asked;
  const { uri, headers } = request;
  assert.equal(request.replaces?.callId, dialog!.callId);
  const there = incoming(carol);
  const call = bob.invite({ uri, from: uriAt(bob, "bob"), body: plainSdp(), headers });
  const newcomer = await there;
  assert.equal(newcomer.replaces?.callId, consult.call.callId);
  newcomer.accept(plainSdp());
  await accepted(call);
  const gone = ended(consult.call);
  consult.other.hangup();
  request.progress(200);
  assert.equal((await gone).by, "remote");
  assert.equal((await result).status, 200);
});
