import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncomingCall, OutgoingCall, SipResponseInfo, SipStack } from "../../server/sip/types.ts";
import { plainSdp, sipStack } from "../kit/sip-stack.ts";
import { type Sipp, type SippOptions, startSipp } from "../kit/sipp.ts";
import * as scenarios from "../kit/sipp-scenarios.ts";

const place = (stack: SipStack, carrier: Sipp) =>
  stack.invite({
    uri: `sip:13800138000@127.0.0.1:${carrier.port}`,
    from: "sip:02088889999@127.0.0.1",
    body: plainSdp(),
  });

type Final = { ok: boolean; response: SipResponseInfo };
const finalOf = (call: OutgoingCall) =>
  new Promise<Final>((resolve) => {
    call.onAccepted((response) => resolve({ ok: true, response }));
    call.onFailed((response) => resolve({ ok: false, response }));
  });
const endOf = (call: OutgoingCall | IncomingCall) =>
  new Promise<{ by: string; reasonHeader?: string }>((resolve) => call.on("ended", resolve));

async function withCarrier(
  options: SippOptions,
  story: (stack: SipStack, carrier: Sipp) => Promise<void>,
): Promise<void> {
  await using stack = await sipStack();
  await using carrier = await startSipp(options);
  await story(stack, carrier);
  const result = await carrier.done;
  assert.equal(result.exitCode, 0, result.errors);
  assert.equal(result.failed, 0, result.errors);
}

test("the carrier answers and we hang up", async () => {
  await withCarrier({ scenario: scenarios.answers(20) }, async (stack, carrier) => {
    const call = place(stack, carrier);
    const { ok, response } = await finalOf(call);
    assert.ok(ok);
    assert.match(response.body?.content ?? "", /m=audio/);
    call.hangup();
    assert.equal((await endOf(call)).by, "local");
  });
});

test("the carrier answers and hangs up with a reason", async () => {
  await withCarrier({ scenario: scenarios.answersAndHangsUp() }, async (stack, carrier) => {
    const call = place(stack, carrier);
    const end = endOf(call);
    assert.ok((await finalOf(call)).ok);
    assert.deepEqual(await end, { by: "remote", reasonHeader: 'Q.850;cause=16;text="Normal"' });
  });
});

for (const [status, ring] of [
  ["486 Busy Here", true],
  ["404 Not Found", false],
  ["503 Service Unavailable", false],
] as const)
  test(`the carrier refuses with ${status}`, async () => {
    const scenario = scenarios.refuses(status, { ring, extra: "Reason: Q.850;cause=17" });
    await withCarrier({ scenario }, async (stack, carrier) => {
      const { ok, response } = await finalOf(place(stack, carrier));
      assert.equal(ok, false);
      assert.equal(`${response.status} ${response.reason}`, status);
      assert.equal(response.reasonHeader, "Q.850;cause=17");
    });
  });

test("nobody answers, we give up", async () => {
  await withCarrier({ scenario: scenarios.ringsForEver() }, async (stack, carrier) => {
    const call = place(stack, carrier);
    call.onProgress(({ status }) => status === 180 && call.cancel());
    assert.equal((await finalOf(call)).response.status, 487);
  });
});

test("early media comes before the answer", async () => {
  await withCarrier({ scenario: scenarios.earlyMedia() }, async (stack, carrier) => {
    const call = place(stack, carrier);
    const early: SipResponseInfo[] = [];
    call.onProgress((response) => early.push(response));
    assert.ok((await finalOf(call)).ok);
    assert.equal(early[0]?.status, 183);
    assert.match(early[0]?.body?.content ?? "", /m=audio/);
    call.hangup();
  });
});

test("twenty calls survive a tenth of all packets lost", async () => {
  const calls = 20;
  await withCarrier(
    { scenario: scenarios.answers(0, true), calls, lostPercent: 10 },
    async (stack, carrier) => {
      const placed = Array.from({ length: calls }, () => place(stack, carrier));
      const finals = await Promise.all(
        placed.map(async (call) => {
          const final = await finalOf(call);
          call.hangup();
          return final.ok;
        }),
      );
      assert.deepEqual(
        finals,
        Array.from({ length: calls }, () => true),
      );
    },
  );
});

test("the carrier calls us, either side hangs up", async () => {
  for (const hangsUp of [true, false]) {
    await using stack = await sipStack();
    const arrived = new Promise<IncomingCall>((resolve) =>
      stack.onInvite((call) => {
        call.progress(180);
        call.accept(plainSdp());
        if (!hangsUp) call.hangup();
        resolve(call);
      }),
    );
    const target = `127.0.0.1:${stack.local[0]!.port}`;
    await using carrier = await startSipp({
      scenario: scenarios.calls({ hangsUp }),
      target,
      user: "4008001234",
    });
    const call = await arrived;
    assert.equal(call.from.user, "13900139000");
    assert.equal(call.from.name, "Customer");
    assert.equal(call.to.user, "4008001234");
    const result = await carrier.done;
    assert.equal(result.exitCode, 0, result.errors);
  }
});
