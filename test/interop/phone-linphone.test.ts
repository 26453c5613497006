import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hashCredentials } from "../../server/sip/digest.ts";
import { dial, isLeg, watch, type Watch } from "../../server/switch/conformance-kit.ts";
import type { LegId, Switch } from "../../server/switch/switch.ts";
import { testAuthority } from "../kit/certificate.ts";
import { type LinphoneOptions, startLinphone } from "../kit/linphone.ts";
import { switchBed } from "../kit/switch-bed.ts";
import { tapHears } from "../kit/tap.ts";

const limit = { timeout: 180_000 };
const realm = "waihu.test";
const [phoneHz, customerHz, otherHz] = [620, 1000, 1500];
const toPhone = { destination: { kind: "endpoint", user: "6001" } } as const;

async function bed(change: Partial<LinphoneOptions> = {}) {
  await using stack = new AsyncDisposableStack();
  const authority = stack.use(testAuthority());
  const isTls = change.transport === "tls";
  const files = authority.issue("127.0.0.1", { ip: ["127.0.0.1"] });
  const there = stack.use(
    await switchBed({
      // By TCP and TLS a source is a trunk by its address alone: the carrier has one of its own.
      carrier: { host: "127.0.0.2" },
      sw: {
        sip: {
          listen: [
            { transport: change.transport ?? "udp", host: "127.0.0.1", port: 0 },
            ...(isTls ? [{ transport: "udp", host: "127.0.0.1", port: 0 } as const] : []),
          ],
          ...(isTls && { tls: { files, minVersion: "TLSv1.2" } }),
          realm,
          userAgent: "Waihu",
        },
        credentialsOf: async (user) => ({ ha1Md5: hashCredentials("MD5", user, realm, "secret") }),
      },
    }),
  );
  const { sw, carrier } = there;
  const seen = watch(sw);
  const phone = stack.use(
    await startLinphone({
      user: "6001",
      password: "secret",
      realm,
      registrar: `127.0.0.1:${sw.sipLocal[0]!.port}`,
      toneHz: phoneHz,
      ca: authority.ca,
      ...change,
    }),
  );
  await seen.until("endpoint", (event) => event.user === "6001" && event.online);
  /** A customer on the carrier's side, with a tone of its own. */
  const customer = async (hz: number, headers?: readonly (readonly [string, string])[]) => {
    const coming = carrier.nextCall();
    const legId = dial(sw, { ...(headers && { headers }) });
    const far = await coming;
    far.answer();
    far.stream!.tone(hz);
    await seen.until("leg-answered", isLeg(legId));
    return { legId, far };
  };
  const held = stack.move();
  return { sw, seen, phone, customer, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

const meet = (sw: Switch, ...legIds: LegId[]) =>
  sw.setRoom(
    "talk",
    legIds.map((legId) => ({ legId, role: "talk" })),
  );

async function ringUp({ sw, seen, phone }: Awaited<ReturnType<typeof bed>>): Promise<LegId> {
  const legId = dial(sw, toPhone);
  await phone.says(/Receiving new incoming call/);
  phone.type("answer");
  await seen.until("leg-answered", isLeg(legId));
  return legId;
}

const dialled = (seen: Watch) => seen.until("leg-incoming", (event) => event.user === "6001");

void describe("linphone as a desk phone", { concurrency: 2 }, () => {
  test(
    "it registers, is called, talks with a customer, presses keys, holds and comes back",
    limit,
    async () => {
      await using there = await bed();
      const { sw, seen, phone } = there;
      const agent = await ringUp(there);
      const customer = await there.customer(customerHz);
      meet(sw, agent, customer.legId);
      await Promise.all([
        phone.hears(customerHz),
        tapHears(sw, agent, phoneHz),
        (async () => {
          while ((await customer.far.stream!.listen(400)).toneDbm0(phoneHz) < -25);
        })(),
      ]);
      for (const digit of ["1", "9", "#"]) {
        phone.type(digit);
        await seen.until("leg-dtmf", (event) => event.legId === agent && event.digit === digit);
      }
      sw.sendDtmf(agent, "7");
      await phone.says(/Receiving tone 7/);
      phone.type("pause 1");
      await seen.until("leg-held", (event) => event.legId === agent && event.held);
      await phone.says(/now paused/);
      phone.type("resume 1");
      await seen.until("leg-held", (event) => event.legId === agent && !event.held);
      await tapHears(sw, agent, phoneHz);
      sw.hangup(agent);
      await phone.says(/Call 1 with .* ended/);
    },
  );

  test("it calls a number, which tells who dialled what, and hangs up", limit, async () => {
    await using there = await bed({ transport: "tcp" });
    const { sw, seen, phone } = there;
    phone.type("call 13800138000");
    const incoming = await dialled(seen);
    assert.deepEqual([incoming.to, incoming.trunkId], ["13800138000", undefined]);
    sw.ring(incoming.legId);
    await sw.answer(incoming.legId, "bench");
    await phone.says(/Media streams established/);
    await tapHears(sw, incoming.legId, phoneHz);
    phone.type("terminate");
    const ended = await seen.until("leg-ended", isLeg(incoming.legId));
    assert.deepEqual([ended.cause, ended.by], ["normal", "party"]);
  });

  test("it refuses a call", limit, async () => {
    await using there = await bed();
    const legId = dial(there.sw, toPhone);
    await there.phone.says(/Receiving new incoming call/);
    there.phone.type("terminate");
    assert.equal((await there.seen.until("leg-ended", isLeg(legId))).by, "party");
  });

  test("it sends its customer to a number, unseen: the two talk, it is free", limit, async () => {
    await using there = await bed();
    const { sw, seen, phone } = there;
    const agent = await ringUp(there);
    const customer = await there.customer(customerHz);
    meet(sw, agent, customer.legId);
    await phone.hears(customerHz);
    phone.type("transfer 1 sip:13800138111@127.0.0.1");
    const asked = await seen.until("leg-transfer-requested", isLeg(agent));
    assert.equal(asked.to, "13800138111");
    sw.transferProgress(agent, "trying");
    const target = await there.customer(otherHz, asked.headers);
    meet(sw, customer.legId, target.legId);
    sw.transferProgress(agent, "answered");
    assert.equal((await seen.until("leg-ended", isLeg(agent))).cause, "normal");
    while ((await customer.far.stream!.listen(400)).toneDbm0(otherHz) < -25);
    while ((await target.far.stream!.listen(400)).toneDbm0(customerHz) < -25);
  });

  test("it asks a colleague first, then joins the two", limit, async () => {
    await using there = await bed();
    const { sw, seen, phone } = there;
    const agent = await ringUp(there);
    await phone.says(/Media streams established/);
    phone.type("pause 1");
    await phone.says(/now paused/);
    phone.type("call 6002");
    const consult = await dialled(seen);
    await sw.answer(consult.legId, "bench");
    await phone.says(/Media streams established/);
    phone.type("transfer 1 --to-call 2");
    const asked = await seen.until("leg-transfer-requested", isLeg(agent));
    assert.equal(asked.replacesLegId, consult.legId);
    sw.transferProgress(agent, "answered");
    assert.equal((await seen.until("leg-ended", isLeg(agent))).cause, "normal");
    // The colleague talks with the customer now; whoever joins the calls ends the consultation.
    sw.hangup(consult.legId);
    await phone.says(/Call 2 with .* ended/);
    assert.deepEqual(sw.legs(), []);
  });

  for (const srtp of ["off", "offered", "mandatory"] as const)
    test(`over TLS with SRTP ${srtp}: both ways are heard, and encrypted as asked`, limit, async () => {
      await using there = await bed({ transport: "tls", srtp });
      const { sw, seen, phone } = there;
      phone.type("call 13800138000");
      const { legId } = await dialled(seen);
      await sw.answer(legId, "bench");
      const customer = await there.customer(customerHz);
      meet(sw, legId, customer.legId);
      await Promise.all([phone.hears(customerHz), tapHears(sw, legId, phoneHz)]);
      const { stats } = await seen.until("leg-stats", isLeg(legId));
      assert.equal(stats.security !== undefined, srtp !== "off", stats.security);
    });
});
