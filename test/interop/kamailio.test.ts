import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hashCredentials } from "../../server/sip/digest.ts";
import type { IncomingCall, SipStack } from "../../server/sip/types.ts";
import { dial, isLeg, watch, type Watch } from "../../server/switch/conformance-kit.ts";
import type { EmbeddedSwitch } from "../../server/switch/embedded.ts";
import { type Carrier, startCarrier } from "../../tools/carrier/carrier.ts";
import { freeUdpPort } from "../kit/udp-port.ts";
import { type Kamailio, startKamailio } from "../kit/kamailio.ts";
import { plainSdp, sipStack } from "../kit/sip-stack.ts";
import { testSwitch, trunkTo } from "../kit/switch-bed.ts";

/*
 *   phone ── edge ─┐                 ┌─ trunk ── a carrier that is gone
 *                  Kamailio ── switch               └── carrier
 *                                    └─ trunk 2 ── other carrier
 */
const limit = { timeout: 180_000 };
const realm = "waihu.test";
const password = "s3cret";
const parts = new AsyncDisposableStack();
let sw: EmbeddedSwitch, carrier: Carrier, other: Carrier, proxy: Kamailio, phone: SipStack, seen: Watch;

before(async () => {
  carrier = parts.use(await startCarrier());
  other = parts.use(await startCarrier());
  sw = parts.use(
    await testSwitch({
      credentialsOf: async (user) =>
        user === "6001" ? { ha1Md5: hashCredentials("MD5", user, realm, password) } : undefined,
      probeEveryMs: 0,
    }),
  );
  proxy = parts.use(
    await startKamailio({
      ourPort: sw.sipLocal[0]!.port,
      carrierPorts: [await freeUdpPort(), carrier.port],
    }),
  );
  phone = parts.use(await sipStack());
  seen = watch(sw);
  sw.setTrunks([trunkTo({ host: "127.0.0.1", port: proxy.trunkPort }, 1), trunkTo(other, 2)]);
});
after(() => parts.disposeAsync());

/** SIP of a leg that went this way and begins with this. */
const sipOf = (legId: string, direction: "in" | "out", start: string) =>
  seen.events.flatMap((event) =>
    event.type === "sip" &&
    event.legId === legId &&
    event.direction === direction &&
    event.text.startsWith(start)
      ? [event.text]
      : [],
  );

test("a phone registers through the proxy: its Path is kept and told back", limit, async () => {
  const registration = phone.register({
    registrar: { transport: "udp", host: "127.0.0.1", port: proxy.edgePort },
    aor: `sip:6001@${realm}`,
    credentials: { user: "6001", password },
  });
  await new Promise<void>((resolve) =>
    registration.onChange(({ state }) => state === "registered" && resolve()),
  );
  assert.equal(sw.isOnline("6001"), true);
});

test(
  "the phone is called along its Path; answer, hold and the end pass the proxy by Record-Route",
  limit,
  async () => {
    const rang = new Promise<IncomingCall>((resolve) => phone.onInvite(resolve));
    const legId = dial(sw, { destination: { kind: "endpoint", user: "6001" } });
    const call = await rang;
    assert.equal(call.remote.port, proxy.edgePort);
    call.accept(plainSdp());
    await seen.until("leg-answered", isLeg(legId));
    const hops = new RegExp(`^Route: <sip:127\\.0\\.0\\.1:${proxy.edgePort};`, "m");
    assert.match(sipOf(legId, "out", "INVITE ")[0]!, hops);
    assert.match(sipOf(legId, "out", "ACK ")[0]!, hops);
    const held = await call.reinvite({
      ...plainSdp(),
      content: plainSdp().content.replace("o=- 1 1", "o=- 1 2") + "a=sendonly\r\n",
    });
    assert.equal(held.status, 200);
    await seen.until("leg-held", isLeg(legId));
    const ended = new Promise<unknown>((resolve) => call.on("ended", resolve));
    sw.hangup(legId);
    assert.equal(((await ended) as { by: string }).by, "remote");
    assert.match(sipOf(legId, "out", "BYE ")[0]!, hops);
  },
);

test("the phone calls us through the proxy, proves itself, and hangs up", limit, async () => {
  const call = phone.invite({
    uri: `sip:100@${realm}`,
    from: `sip:6001@${realm}`,
    target: { transport: "udp", host: "127.0.0.1", port: proxy.edgePort },
    credentials: { user: "6001", password },
    body: plainSdp(),
  });
  const { legId, user, to } = await seen.until("leg-incoming");
  assert.deepEqual([user, to], ["6001", "100"]);
  const accepted = new Promise((resolve) => call.onAccepted(resolve));
  await sw.answer(legId, "a");
  await accepted;
  call.hangup();
  const { cause, by } = await seen.until("leg-ended", isLeg(legId));
  assert.deepEqual([cause, by], ["normal", "party"]);
});

test(
  "a trunk's call passes the proxy, whose first carrier is gone and whose second takes it",
  limit,
  async () => {
    const taken = carrier.nextCall();
    const legId = dial(sw);
    const call = await taken;
    call.answer();
    await seen.until("leg-answered", isLeg(legId));
    assert.match(
      sipOf(legId, "out", "ACK ")[0]!,
      new RegExp(`^Route: <sip:127\\.0\\.0\\.1:${proxy.trunkPort};`, "m"),
    );
    call.hangup();
    assert.equal((await seen.until("leg-ended", isLeg(legId))).cause, "normal");
  },
);

test("when no carrier behind the proxy takes a call it goes to the next trunk", limit, async () => {
  carrier.outage(503);
  const taken = other.nextCall();
  const legId = dial(sw, { trunkIds: [1, 2] });
  (await taken).answer();
  const failover = await seen.until("leg-failover", isLeg(legId));
  assert.deepEqual([failover.trunkId, failover.sipStatus], [1, 503]);
  assert.equal((await seen.until("leg-answered", isLeg(legId))).trunkId, 2);
  sw.hangup(legId);
  await seen.until("leg-ended", isLeg(legId));
});
