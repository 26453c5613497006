import assert from "node:assert/strict";
import { test } from "node:test";
import { fastClock } from "../../test/kit/fast-clock.ts";
import { accepted, agreeTo, ended, failed, incoming } from "../../test/kit/sip-events.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { udpRelay } from "../../test/kit/udp-relay.ts";

type Drop = Parameters<typeof udpRelay>[1];

/** Alice and Bob with a bad network between them, on clocks that run fifty times too fast. */
async function pair(drop: Drop) {
  const stack = new AsyncDisposableStack();
  const alice = stack.use(await sipStack({ clock: fastClock(50) }));
  const bob = stack.use(await sipStack({ clock: fastClock(50) }));
  const relay = stack.use(await udpRelay({ a: alice.local[0]!.port, b: bob.local[0]!.port }, drop));
  const call = () =>
    alice.invite({
      uri: `sip:bob@127.0.0.1:${relay.portForA}`,
      from: "sip:alice@127.0.0.1",
      body: plainSdp(),
    });
  return { alice, bob, relay, call, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const isInvite200 = (text: string) => text.startsWith("SIP/2.0 200") && /CSeq: \d+ INVITE/.test(text);

test("every message lost once: the call is still answered and ended, each event told once", async () => {
  await using bed = await pair(({ times }) => times === 1);
  const there = incoming(bed.bob);
  const call = bed.call();
  const events: string[] = [];
  call.onAccepted(() => events.push("accepted"));
  call.onFailed(() => events.push("failed"));
  call.on("ended", () => events.push("ended"));
  const bob = await there;
  bob.accept(plainSdp());
  await accepted(call);
  const bobEnded = ended(bob);
  call.hangup();
  assert.equal((await bobEnded).by, "remote");
  assert.deepEqual(events, ["accepted", "ended"]);
});

test("an ACK that never comes ends the call on both sides", async () => {
  await using bed = await pair(({ text }) => text.startsWith("ACK"));
  const there = incoming(bed.bob);
  const call = bed.call();
  const aliceEnded = ended(call);
  const bob = await there;
  bob.accept(plainSdp());
  assert.deepEqual(await ended(bob), { by: "stack", stackCause: "ack-timeout" });
  assert.equal((await aliceEnded).by, "remote");
  const repeated = bed.relay.seen.filter((line) => line.startsWith("b: SIP/2.0 200")).length;
  assert.ok(repeated >= 8, `200 sent ${repeated} times`);
});

test("who picks up while we withdraw is answered; a cancelled call ends them", async () => {
  for (const way of ["withdraw", "cancel"] as const) {
    await using bed = await pair(({ text }) => text.startsWith("CANCEL"));
    const there = incoming(bed.bob);
    const call = bed.call();
    const rings = new Promise<void>((resolve) => call.onProgress(() => resolve()));
    const bob = await there;
    bob.progress(180);
    await rings;
    call[way]();
    bob.accept(plainSdp());
    if (way === "withdraw") await accepted(call);
    else assert.equal((await failed(call)).status, 487);
    const bobEnded = ended(bob);
    if (way === "withdraw") call.hangup();
    assert.equal((await bobEnded).by, "remote");
  }
});

test("a hang-up before the ACK waits for it, then says BYE", async () => {
  await using bed = await pair(({ text, times }) => text.startsWith("ACK") && times === 1);
  const there = incoming(bed.bob);
  const call = bed.call();
  const aliceEnded = ended(call);
  const bob = await there;
  bob.accept(plainSdp());
  bob.hangup();
  assert.deepEqual(await ended(bob), { by: "local" });
  assert.equal((await aliceEnded).by, "remote");
  const lines = bed.relay.seen.map((line) => line.split(" ").slice(0, 2).join(" "));
  assert.ok(lines.indexOf("b: BYE") > lines.indexOf("a: ACK"));
});

test("a 200 that crosses our CANCEL is acknowledged and ended", async () => {
  await using bed = await pair(({ text, times }) => isInvite200(text) && times === 1);
  const there = incoming(bed.bob);
  const call = bed.call();
  const ringing = new Promise((resolve) => call.onProgress(resolve));
  const bob = await there;
  bob.progress(180);
  await ringing;
  bob.accept(plainSdp());
  call.cancel();
  const failure = failed(call);
  assert.equal((await ended(bob)).by, "remote");
  assert.equal((await failure).status, 487);
  assert.ok(bed.relay.seen.some((line) => line.startsWith("a: BYE")));
});

test("BYE crosses BYE: both sides end quietly", async () => {
  await using bed = await pair(() => false);
  const there = incoming(bed.bob);
  const call = bed.call();
  const bob = await there;
  bob.accept(plainSdp());
  await accepted(call);
  const ends = Promise.all([ended(call), ended(bob)]);
  call.hangup();
  bob.hangup();
  assert.deepEqual(await ends, [{ by: "local" }, { by: "local" }]);
});

test("both sides re-offer at once: 491, a pause, and both succeed", async () => {
  await using bed = await pair(() => false);
  const there = incoming(bed.bob);
  const call = bed.call();
  const bob = await there;
  bob.accept(plainSdp());
  await accepted(call);
  // Bob has had the ACK when he answers what came after it.
  assert.equal((await call.info(plainSdp())).status, 200);
  agreeTo(call, plainSdp("127.0.0.1", 40_100));
  agreeTo(bob, plainSdp("127.0.0.1", 40_200));
  const outcomes = await Promise.all([
    call.reinvite(plainSdp("127.0.0.1", 1)),
    bob.reinvite(plainSdp("127.0.0.1", 2)),
  ]);
  assert.deepEqual(
    outcomes.map(({ status, body }) => [status, body?.content.match(/m=audio (\d+)/)?.[1]]),
    [
      [200, "40200"],
      [200, "40100"],
    ],
  );
  assert.ok(bed.relay.seen.some((line) => line.includes("491")));
});

test("nobody there: the call fails with 408 of the stack's own", async () => {
  await using bed = await pair(() => true);
  const failure = await failed(bed.call());
  assert.equal(failure.status, 408);
  assert.equal(failure.stack, true);
  assert.ok(bed.relay.seen.length > 3, "it was tried again and again");
});
