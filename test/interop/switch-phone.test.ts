import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hashCredentials } from "../../server/sip/digest.ts";
import { dial, isLeg, watch } from "../../server/switch/conformance-kit.ts";
import { startBaresip } from "../kit/baresip.ts";
import { switchBed } from "../kit/switch-bed.ts";
import { tapHears } from "../kit/tap.ts";

const limit = { timeout: 180_000 };
const realm = "waihu.test";
/** baresip's microphone (`test/kit/baresip.ts`) and the customer's voice. */
const phoneHz = 440;
const customerHz = 1000;

const bed = () =>
  switchBed({
    sw: {
      credentialsOf: async (user) =>
        user === "6001" ? { ha1Md5: hashCredentials("MD5", user, realm, "secret") } : undefined,
    },
  });
const phoneAt = (sw: { sipLocal: readonly { port: number }[] }, autoAnswer: boolean) =>
  startBaresip({
    user: "6001",
    password: "secret",
    registrar: `127.0.0.1:${sw.sipLocal[0]!.port}`,
    autoAnswer,
  });
const toPhone = { destination: { kind: "endpoint", user: "6001" } } as const;

void describe("the switch and desk phones", { concurrency: 2 }, () => {
  test("a desk phone talks with a customer: both hear each other", limit, async () => {
    await using there = await bed();
    const { sw, carrier } = there;
    const seen = watch(sw);
    await using phone = await phoneAt(sw, false);
    await seen.until("endpoint", (event) => event.user === "6001" && event.online);
    const agent = dial(sw, toPhone);
    await phone.event("CALL_INCOMING");
    await seen.until("leg-progress", isLeg(agent));
    await phone.command("accept");
    await seen.until("leg-answered", isLeg(agent));

    const coming = carrier.nextCall();
    const customer = dial(sw);
    const far = await coming;
    far.answer();
    far.stream!.tone(customerHz);
    await seen.until("leg-answered", isLeg(customer));
    sw.setRoom("talk", [
      { legId: agent, role: "talk" },
      { legId: customer, role: "talk" },
    ]);
    await seen.until("leg-first-audio", (event) => event.legId === agent && event.fromLegId === customer);
    // The customer hears the phone's microphone; the phone gets the customer's packets without loss.
    for (;;) if ((await far.stream!.listen(400)).toneDbm0(phoneHz) > -25) break;
    await tapHears(sw, customer, customerHz);
    await tapHears(sw, agent, phoneHz);

    await phone.command("hold");
    assert.ok((await seen.until("leg-held", isLeg(agent))).held);
    await phone.command("resume");
    await seen.until("leg-held", (event) => event.legId === agent && !event.held);
    await phone.command("hangup");
    const ended = await seen.until("leg-ended", isLeg(agent));
    assert.deepEqual([ended.cause, ended.by], ["normal", "party"]);
    sw.hangup(customer);
  });

  test("a phone that is away, refuses, or answers by itself", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    const away = dial(sw, toPhone);
    const nobody = await seen.until("leg-ended", isLeg(away));
    assert.deepEqual([nobody.cause, nobody.by], ["unreachable", "switch"]);

    await using phone = await phoneAt(sw, false);
    await seen.until("endpoint", (event) => event.online);
    assert.ok(sw.isOnline("6001"));
    const unwanted = dial(sw, toPhone);
    await phone.event("CALL_INCOMING");
    await phone.command("hangup");
    assert.equal((await seen.until("leg-ended", isLeg(unwanted))).by, "party");
    sw.disconnectEndpoint("6001");
    await seen.until("endpoint", (event) => !event.online);
    assert.ok(!sw.isOnline("6001"));
  });

  test("a phone asked to pick up by itself is up at once", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using phone = await phoneAt(sw, true);
    await seen.until("endpoint", (event) => event.online);
    const agent = dial(sw, { ...toPhone, autoAnswer: true });
    await seen.until("leg-answered", isLeg(agent));
    await phone.event("CALL_ESTABLISHED");
    const invite = await seen.until("sip", (event) => event.legId === agent && event.direction === "out");
    assert.match(invite.text, /^Call-Info: <[^>]*>;answer-after=0$/m);
    assert.match(invite.text, /^Alert-Info: .*info=alert-autoanswer/m);
    await seen.until("leg-first-packet", isLeg(agent));
  });

  test("a desk phone dials: the leg tells who and where to", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using phone = await phoneAt(sw, false);
    await seen.until("endpoint", (event) => event.online);
    await phone.command("dial", `sip:13800138000@127.0.0.1:${sw.sipLocal[0]!.port}`);
    const incoming = await seen.until("leg-incoming");
    assert.deepEqual([incoming.user, incoming.to, incoming.trunkId], ["6001", "13800138000", undefined]);
    await sw.answer(incoming.legId, "agent");
    await phone.event("CALL_ESTABLISHED");
    await tapHears(sw, incoming.legId, phoneHz);
    sw.hangup(incoming.legId);
    await phone.event("CALL_CLOSED");
  });

  test("a desk phone transfers its call: it is told how it goes, and leaves", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using phone = await phoneAt(sw, true);
    await seen.until("endpoint", (event) => event.online);
    const agent = dial(sw, { ...toPhone, autoAnswer: true });
    await seen.until("leg-answered", isLeg(agent));
    await phone.event("CALL_ESTABLISHED");
    await phone.command("transfer", `sip:13800138000@127.0.0.1:${sw.sipLocal[0]!.port}`);
    const asked = await seen.until("leg-transfer-requested", isLeg(agent));
    assert.equal(asked.to, "13800138000");
    for (const state of ["trying", "ringing", "answered"] as const) sw.transferProgress(agent, state);
    await phone.event("CALL_CLOSED");
    assert.equal((await seen.until("leg-ended", isLeg(agent))).cause, "normal");
  });

  test("a desk phone is transferred by us and calls the number itself", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using phone = await phoneAt(sw, true);
    await seen.until("endpoint", (event) => event.online);
    const agent = dial(sw, { ...toPhone, autoAnswer: true });
    await seen.until("leg-answered", isLeg(agent));
    await phone.event("CALL_ESTABLISHED");
    const result = sw.transfer(agent, { number: "13800138001" });
    const called = await seen.until("leg-incoming");
    assert.deepEqual([called.to, called.user], ["13800138001", "6001"]);
    await sw.answer(called.legId, "agent");
    assert.equal((await result).result, "answered");
  });

  test("two phones of one person ring; the first to answer is the call, the other stops", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using desk = await phoneAt(sw, false);
    await using home = await phoneAt(sw, false);
    await seen.until("endpoint", () => seen.events.filter(({ type }) => type === "endpoint").length === 2);
    const agent = dial(sw, toPhone);
    await Promise.all([desk.event("CALL_INCOMING"), home.event("CALL_INCOMING")]);
    await home.command("accept");
    await seen.until("leg-answered", isLeg(agent));
    await desk.event("CALL_CLOSED");
    await tapHears(sw, agent, phoneHz);
    assert.deepEqual(sw.legs(), [agent]);
    sw.hangup(agent);
    await home.event("CALL_CLOSED");
    assert.equal(seen.of(agent).filter((type) => type === "leg-ended").length, 1);
  });
});
