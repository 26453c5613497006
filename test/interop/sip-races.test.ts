import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncomingCall, OutgoingCall, OutgoingInvite, SipStack } from "../../server/sip/types.ts";
import { fastClock } from "../kit/fast-clock.ts";
import { accepted, agreeTo, ended, failed, incoming } from "../kit/sip-events.ts";
import { plainSdp, sipStack } from "../kit/sip-stack.ts";
import * as races from "../kit/sipp-races.ts";
import { answers, calls } from "../kit/sipp-scenarios.ts";
import { startSipp } from "../kit/sipp.ts";
import { until } from "../kit/until.ts";

type Story = (call: OutgoingCall, stack: SipStack, lines: readonly string[]) => Promise<unknown>;

/** We call SIPp; it must see all that its scenario says. */
async function weCall(
  scenario: string,
  story: Story,
  change: Partial<OutgoingInvite> = {},
  speed = 1,
): Promise<void> {
  const lines: string[] = [];
  const onTrace = ({ direction, text }: { direction: string; text: string }) =>
    void lines.push(`${direction} ${text}`);
  await using stack = await sipStack({ clock: fastClock(speed), onTrace });
  await using carrier = await startSipp({ scenario });
  const uri = `sip:1@127.0.0.1:${carrier.port}`;
  const call = stack.invite({ uri, from: "sip:02088889999@127.0.0.1", body: plainSdp(), ...change });
  agreeTo(call, plainSdp("127.0.0.1", 40_100));
  await story(call, stack, lines);
  const result = await carrier.done;
  assert.equal(result.exitCode, 0, result.errors);
}

/** SIPp calls us. */
async function itCalls(scenario: string, story: (call: IncomingCall) => Promise<unknown>): Promise<void> {
  await using stack = await sipStack();
  const there = incoming(stack);
  const target = `127.0.0.1:${stack.local[0]!.port}`;
  await using caller = await startSipp({ scenario, target, user: "4008001234" });
  await story(await there);
  const result = await caller.done;
  assert.equal(result.exitCode, 0, result.errors);
}

const hangUpWhenUp: Story = async (call) => {
  await accepted(call);
  call.hangup();
};

test("a 200 crosses our CANCEL: acknowledged and ended", () =>
  weCall(races.crossesCancel(), async (call) => {
    call.onProgress(() => call.cancel());
    assert.equal((await failed(call)).status, 487);
  }));

test("BYE crosses BYE: both are answered", () => weCall(races.crossesBye(), hangUpWhenUp));

test("re-INVITE meets re-INVITE: 491 both ways, ours goes out again and holds", () =>
  weCall(
    races.glares(),
    async (call) => {
      await accepted(call);
      assert.equal((await call.reinvite(plainSdp())).status, 200);
      call.hangup();
    },
    {},
    20,
  ));

test("three telephones ring and two answer: the first is the call, the second is ended", () =>
  weCall(races.forks(), async (call, _stack, lines) => {
    const progress: number[] = [];
    call.onProgress(({ status }) => progress.push(status));
    await accepted(call);
    assert.deepEqual(progress, [180, 183, 180]);
    await until("the second is ended", () => lines.some((line) => /^out BYE[\s\S]*tag=three/.test(line)));
    call.hangup();
  }));

test("a 200 that comes again gets its ACK again", () =>
  weCall(races.losesAck(), async (call, _stack, lines) => {
    await accepted(call);
    const acks = () => lines.filter((line) => line.startsWith("out ACK")).length;
    await until("the second ACK", () => acks() >= 2);
    call.hangup();
  }));

test("we call without an offer: the 200 offers, our ACK answers", () =>
  weCall(races.offersLate(), hangUpWhenUp, { body: undefined, answerOffer: async () => plainSdp() }));

test("a reliable 183 is acknowledged; UPDATE goes both ways before the answer", () =>
  weCall(races.ringsReliably(), async (call) => {
    await new Promise<void>((resolve) => call.on("reoffer", () => resolve()));
    assert.equal((await call.update(plainSdp())).status, 200);
    await hangUpWhenUp(call, undefined as never, []);
  }));

test("a 422 is met with a longer interval, and the session is refreshed at half of it", () =>
  weCall(
    races.wantsRefresh(2000),
    async (call, _stack, lines) => {
      await accepted(call);
      await until("the refresh is answered", () =>
        lines.some((line) => /^in SIP\/2.0 200[\s\S]*CSeq: \d+ UPDATE/.test(line)),
      );
      call.hangup();
    },
    {},
    400,
  ));

test("a redirection is followed", async () => {
  await using second = await startSipp({ scenario: answers() });
  await weCall(races.redirects(second.port), hangUpWhenUp, {
    redirect: () => ({ transport: "udp", host: "127.0.0.1", port: second.port }),
  });
  assert.equal((await second.done).exitCode, 0, (await second.done).errors);
});

test("SIPp is asked to call somebody else, tells how it goes, and leaves", () =>
  weCall(races.isTransferred(), async (call) => {
    await accepted(call);
    const progress: number[] = [];
    const result = await call.refer("sip:carol@example.com", {
      onProgress: ({ status }) => progress.push(status),
    });
    assert.deepEqual([result.status, progress], [200, [180]]);
    assert.equal((await ended(call)).by, "remote");
  }));

test("SIPp calls without an offer", () =>
  itCalls(races.callsWithoutOffer(), async (call) => {
    const answer = new Promise<string>((resolve) => call.on("answer", ({ content }) => resolve(content)));
    call.accept(plainSdp());
    assert.match(await answer, /m=audio/);
    await ended(call);
  }));

test("our 200 is said again until SIPp acknowledges it", () =>
  itCalls(races.acknowledgesLate(), (call) => {
    call.accept(plainSdp());
    return ended(call);
  }));

test("SIPp demands a reliable 183 and gets its 200 after the PRACK", () =>
  itCalls(races.demandsReliable(), (call) => {
    call.progress(183, plainSdp());
    call.accept(plainSdp());
    return ended(call);
  }));

test("SIPp says BYE while we ring: 487", () =>
  itCalls(races.leavesEarly(), (call) => {
    call.progress(180);
    return new Promise<unknown>((resolve) => call.onCancelled(resolve));
  }));

test("SIPp asks us to call somebody else and is told how it goes", () =>
  itCalls(races.transfersUs(), async (call) => {
    call.on("refer", (referral) => {
      assert.equal(referral.user, "carol");
      referral.accept();
      referral.progress(180);
      referral.progress(200);
    });
    call.accept(plainSdp());
    await ended(call);
  }));

test("a tenth of all packets lost, both ways at once: no call fails, none is left open", async () => {
  const count = 60;
  await using stack = await sipStack();
  const open = new Set<IncomingCall | OutgoingCall>();
  const watched = (call: IncomingCall | OutgoingCall) => {
    open.add(call);
    call.on("ended", () => open.delete(call));
  };
  stack.onInvite((call) => {
    watched(call);
    call.progress(180);
    call.accept(plainSdp());
  });
  const lossy = { calls: count, rate: 60, lostPercent: 10 };
  const port = stack.local[0]!.port;
  await using carrier = await startSipp({ ...lossy, scenario: answers(0, true) });
  await using caller = await startSipp({
    ...lossy,
    scenario: calls(),
    target: `127.0.0.1:${port}`,
    user: "1",
  });
  const uri = `sip:1@127.0.0.1:${carrier.port}`;
  await Promise.all(
    Array.from({ length: count }, async () => {
      const call = stack.invite({ uri, from: "sip:2@127.0.0.1", body: plainSdp() });
      watched(call);
      await accepted(call);
      call.hangup();
    }),
  );
  for (const sipp of [carrier, caller]) {
    const result = await sipp.done;
    assert.deepEqual([result.successful, result.failed], [count, 0], result.errors);
  }
  await until("every call is over", () => open.size === 0);
  assert.ok(stack.counts().retransmissions > 0, "nothing was lost");
});
