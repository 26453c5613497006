import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { switchBed, trunkTo } from "../../test/kit/switch-bed.ts";
import { dial, isLeg, watch } from "../../server/switch/conformance-kit.ts";
import type { SwitchEvent } from "../../server/switch/switch.ts";
import { startCarrier } from "./carrier.ts";
import { serveControl } from "./http.ts";

const limit = { timeout: 30_000 };
const to = (number: string, change: { ringTimeoutMs?: number; callerId?: string } = {}) => ({
  destination: { kind: "trunk", trunkIds: [1], number } as const,
  ...change,
});
const isState = (state: string) => (event: Extract<SwitchEvent, { type: "trunk" }>) =>
  event.status.state === state;

void describe("the simulated carrier", { concurrency: 4 }, () => {
  test("numbers do what their last digits say", limit, async () => {
    await using bed = await switchBed();
    const { sw, carrier } = bed;
    const seen = watch(sw);
    const ended = (legId: string) => seen.until("leg-ended", isLeg(legId));
    const call = (digits: string, ringTimeoutMs = 20_000) =>
      dial(sw, to(`+86138000000${digits}`, { ringTimeoutMs }));
    const [busy, noAnswer, noCircuit, short] = await Promise.all([
      ended(call("01")),
      ended(call("02", 500)),
      ended(call("07")),
      ended(call("08")),
    ]);
    assert.deepEqual([busy.cause, busy.q850], ["busy", 17]);
    assert.deepEqual([noAnswer.cause, noAnswer.by], ["no-answer", "us"]);
    assert.equal(noCircuit.cause, "congestion");
    assert.deepEqual([short.cause, short.by], ["normal", "party"]);
    const invalid = call("03");
    const announced = await seen.until("leg-progress", isLeg(invalid));
    assert.ok(announced.earlyMedia);
    sw.hangup(invalid);
    const early = call("06");
    assert.ok((await seen.until("leg-progress", isLeg(early))).earlyMedia);
    await seen.until("leg-answered", isLeg(early));
    sw.hangup(early);
    const gone = call("09");
    await seen.until("leg-answered", isLeg(gone));
    sw.hangup(gone);
    assert.deepEqual(sw.legs(), [], "the leg is free although the carrier never answers BYE");
    assert.equal(sw.trunkStatus()[0]!.channels, 0);
    assert.equal(carrier.calls.filter(({ to }) => to.endsWith("09")).length, 1);
  });

  test("what a person says is heard as speech", limit, async () => {
    await using bed = await switchBed();
    bed.carrier.behave("+8613800000011", [{ do: "answer" }, { do: "talk", sound: "talk-en", ms: 9000 }]);
    const seen = watch(bed.sw);
    const legId = dial(bed.sw, to("+8613800000011"));
    await seen.until("leg-answered", isLeg(legId));
    let loud = 0;
    for await (const { samples } of bed.sw.tap(legId)) {
      if (samples.some((sample) => Math.abs(sample) > 4000)) loud += 1;
      if (loud > 10) break;
    }
  });

  test(
    "an account registers, proves itself on each call, and is called where it registered",
    limit,
    async () => {
      await using bed = await switchBed();
      await using strict = await startCarrier({ accounts: [{ user: "861065529988", password: "s3cret" }] });
      const seen = watch(bed.sw);
      const account = { auth: "registration", username: "861065529988", password: "s3cret" } as const;
      bed.sw.setTrunks([trunkTo(strict, 1, { ...account, password: "wrong" })]);
      const down = await seen.until("trunk", isState("down"));
      assert.match(down.status.reason ?? "", /REGISTER/);
      bed.sw.setTrunks([trunkTo(strict, 1, { ...account, numberFormat: "digits" })]);
      const up = await seen.until("trunk", isState("up"));
      assert.ok(up.status.registeredUntil! > up.at);
      const legId = dial(bed.sw, to("+8613800000005", { callerId: "+861065529988" }));
      await seen.until("leg-answered", isLeg(legId));
      bed.sw.hangup(legId);

      strict.callIn({ from: "8613900139000", to: "861065529988", user: "861065529988" });
      const incoming = await seen.until("leg-incoming");
      assert.deepEqual(
        [incoming.from, incoming.to, incoming.trunkId],
        ["+8613900139000", "+861065529988", 1],
      );
      await bed.sw.answer(incoming.legId, "demo");
      await seen.until("leg-first-packet", isLeg(incoming.legId));
    },
  );

  test("the control page takes orders", limit, async () => {
    await using bed = await switchBed();
    await using control = await serveControl(bed.carrier, 0);
    const seen = watch(bed.sw);
    const post = (path: string, body: object) =>
      fetch(`http://127.0.0.1:${control.port}${path}`, { method: "POST", body: JSON.stringify(body) });
    assert.equal((await post("/outage", { status: 500 })).status, 200);
    const refused = dial(bed.sw, to("+8613800000005"));
    assert.equal((await seen.until("leg-ended", isLeg(refused))).cause, "trunk-failed");
    const target = { transport: "udp", host: "127.0.0.1", port: bed.sw.sipLocal[0]!.port };
    await post("/call-in", { from: "+8613900139000", to: "+861065529988", target });
    await seen.until("leg-incoming");
    assert.equal((await post("/nonsense", {})).status, 400);
    const state = (await (await fetch(`http://127.0.0.1:${control.port}/`)).json()) as {
      counts: { offered: number };
    };
    assert.equal(state.counts.offered, 1);
  });
});
