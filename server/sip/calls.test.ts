import assert from "node:assert/strict";
import { test } from "node:test";
import { plainSdp, sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import type { ByeInfo, IncomingCall, OutgoingCall, SipResponseInfo } from "./types.ts";

const ended = (call: IncomingCall | OutgoingCall) =>
  new Promise<ByeInfo>((resolve) => call.on("ended", resolve));
const acceptedBy = (call: OutgoingCall) =>
  new Promise<SipResponseInfo>((resolve) => call.onAccepted(resolve));
const failedBy = (call: OutgoingCall) =>
  new Promise<SipResponseInfo & { stack?: boolean }>((resolve) => call.onFailed(resolve));

test("a call rings, is answered, talks and is ended by the caller", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const incoming = new Promise<IncomingCall>((resolve) => bob.onInvite(resolve));
  const call = alice.invite({
    uri: uriAt(bob, "bob"),
    from: uriAt(alice, "alice"),
    fromName: "王 小明",
    body: plainSdp(),
  });
  const progress: number[] = [];
  call.onProgress((response) => progress.push(response.status));
  const there = await incoming;
  assert.deepEqual(there.from, { uri: uriAt(alice, "alice"), user: "alice", name: "王 小明" });
  assert.equal(there.body?.content, plainSdp().content);
  there.progress(180);
  there.progress(183, plainSdp("127.0.0.1", 40_002));
  there.accept(plainSdp("127.0.0.1", 40_002));
  const answer = await acceptedBy(call);
  assert.equal(answer.status, 200);
  assert.deepEqual(progress, [180, 183]);
  const bobEnded = ended(there);
  const aliceEnded = ended(call);
  call.hangup({ reasonHeader: 'Q.850;cause=16;text="Normal"' });
  assert.deepEqual(await aliceEnded, { by: "local" });
  assert.deepEqual(await bobEnded, { by: "remote", reasonHeader: 'Q.850;cause=16;text="Normal"' });
});

test("a refusal reaches the caller with its words", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  bob.onInvite((call) => call.reject(486, "On the phone", [["Reason", "Q.850;cause=17"]]));
  const call = alice.invite({ uri: uriAt(bob, "bob"), from: uriAt(alice, "alice"), body: plainSdp() });
  const failure = await failedBy(call);
  assert.equal(failure.status, 486);
  assert.equal(failure.reason, "On the phone");
  assert.equal(failure.reasonHeader, "Q.850;cause=17");
});

test("a cancel while it rings ends both sides with 487", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const cancelled = new Promise<string | undefined>((resolve) =>
    bob.onInvite((call) => {
      call.onCancelled(resolve);
      call.progress(180);
    }),
  );
  const call = alice.invite({ uri: uriAt(bob, "bob"), from: uriAt(alice, "alice"), body: plainSdp() });
  call.onProgress(() => call.cancel("SIP;cause=200"));
  assert.equal((await failedBy(call)).status, 487);
  assert.equal(await cancelled, "SIP;cause=200");
});

test("a call may be ended in the very event that tells of its answer", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const over = new Promise<ByeInfo>((resolve) =>
    bob.onInvite((call) => {
      call.accept(plainSdp());
      call.on("ended", resolve);
    }),
  );
  const call = alice.invite({ uri: uriAt(bob, "bob"), from: uriAt(alice, "alice"), body: plainSdp() });
  call.onAccepted(() => call.hangup());
  assert.equal((await over).by, "remote");
});

test("a handler that throws refuses the call, and the stack goes on", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const request = { uri: uriAt(bob, "bob"), from: uriAt(alice, "alice"), body: plainSdp() };
  bob.onInvite(() => {
    throw new Error("not today");
  });
  assert.equal((await failedBy(alice.invite(request))).status, 500);
  bob.onInvite((call) => call.accept(plainSdp()));
  const call = alice.invite(request);
  call.onAccepted(() => {
    throw new Error("nor here");
  });
  const over = ended(call);
  await acceptedBy(call);
  call.hangup();
  assert.equal((await over).by, "local");
});

test("addresses that no packet can go to hurt nobody", async () => {
  await using bob = await sipStack();
  await using alice = await sipStack();
  const lost = new Promise<ByeInfo>((resolve) =>
    bob.onInvite((call) => {
      call.on("ended", resolve);
      call.accept(plainSdp());
      call.hangup();
    }),
  );
  const call = alice.invite({
    uri: uriAt(bob, "bob"),
    from: "sip:alice@127.0.0.1",
    body: plainSdp(),
    headers: [["Contact", "<sip:alice@127.0.0.1:0>"]],
  });
  await acceptedBy(call);
  assert.equal((await lost).by, "local");
  const nowhere = alice.invite({ uri: "sip:bob@127.0.0.1:0", from: "sip:alice@127.0.0.1", body: plainSdp() });
  assert.equal((await failedBy(nowhere)).status, 503);
  const injected = alice.invite({ uri: `${uriAt(bob, "bob")}\r\nEvil: yes`, from: "sip:alice@127.0.0.1" });
  assert.equal((await failedBy(injected)).status, 400);
  const noHost = alice.invite({
    uri: "sip:bob@no-such-host.invalid",
    from: "sip:alice@127.0.0.1",
    body: plainSdp(),
  });
  assert.equal((await failedBy(noHost)).status, 503);
});
