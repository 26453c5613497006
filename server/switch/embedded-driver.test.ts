import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { describe, test } from "node:test";
import { until } from "../../test/kit/until.ts";
import { switchBed, trunkTo } from "../../test/kit/switch-bed.ts";
import { startCarrier } from "../../tools/carrier/carrier.ts";
import { dial as dialParty, isLeg, watch } from "./conformance-kit.ts";
import { listenForPair } from "./test-call-audio.ts";
import { systemClock } from "../kernel/clock.ts";
import type { OriginateRequest, Switch } from "./switch.ts";

const limit = { timeout: 30_000 };
const dial = (sw: Switch, number: string, change: Partial<OriginateRequest> & { trunkIds?: number[] } = {}) =>
  dialParty(sw, { destination: { kind: "trunk", trunkIds: change.trunkIds ?? [1], number }, ...change });

void describe("the embedded driver", { concurrency: 4 }, () => {
  test(
    "a media process that dies ends its legs with a cause; the next call has a new one",
    limit,
    async () => {
      await using bed = await switchBed();
      const seen = watch(bed.sw);
      const path = `${bed.folder}/cut-off.wav`;
      const legId = dial(bed.sw, "+8613800000005", { record: { recordingId: "cut-off", path } });
      await seen.until("leg-first-packet", isLeg(legId));
      process.kill(bed.sw.health().media[0]!.pid, "SIGKILL");
      const ended = await seen.until("leg-ended", isLeg(legId));
      assert.deepEqual([ended.cause, ended.by], ["media-process-died", "switch"]);
      const { result } = await seen.until("recording-ended", isLeg(legId));
      assert.deepEqual([result.recordingId, result.path, result.ok], ["cut-off", path, false]);
      assert.equal(statSync(path).size, result.bytes);
      // A process that died young is started again after a pause.
      await until("the media process is back", () => bed.sw.health().media[0]!.alive);
      const next = dial(bed.sw, "+8613800000000");
      await seen.until("leg-first-packet", isLeg(next));
      assert.equal(bed.sw.health().media[0]!.restarts, 1);
    },
  );

  test("closing the switch hangs up every call", limit, async () => {
    await using carrier = await startCarrier();
    await using bed = await switchBed();
    bed.sw.setTrunks([trunkTo(carrier)]);
    const seen = watch(bed.sw);
    const call = carrier.seeCall();
    const legId = dial(bed.sw, "+8613800000005");
    await seen.until("leg-answered", isLeg(legId));
    await bed.sw[Symbol.asyncDispose]();
    assert.equal((await seen.until("leg-ended", isLeg(legId))).cause, "switch-restarted");
    const there = await call;
    await there.until("ended");
    assert.equal(there.end?.by, "peer");
  });

  test(
    "a trunk that says nothing is failed over and shows as down; an answer brings it back",
    limit,
    async () => {
      await using bed = await switchBed({ sw: { trunkTimeoutMs: 600, probeEveryMs: 500 } });
      await using spare = await startCarrier();
      const seen = watch(bed.sw);
      const dead = { host: "127.0.0.1", port: 9 };
      bed.sw.setTrunks([trunkTo(dead, 1), trunkTo(spare, 2)]);
      const legId = dial(bed.sw, "+8613800000005", { trunkIds: [1, 2] });
      assert.equal((await seen.until("leg-failover", isLeg(legId))).cause, "trunk-failed");
      assert.equal((await seen.until("leg-answered", isLeg(legId))).trunkId, 2);
      await seen.until("trunk", ({ status }) => status.trunkId === 1 && status.state === "down");
      const straight = dial(bed.sw, "+8613800000005", { trunkIds: [1, 2] });
      await seen.until("leg-answered", isLeg(straight));
      assert.ok(!seen.of(straight).includes("leg-failover"), "a trunk that is down is tried last");
      bed.sw.setTrunks([trunkTo(bed.carrier, 1), trunkTo(spare, 2)]);
      await seen.until("trunk", ({ status }) => status.trunkId === 1 && status.state === "up");
    },
  );

  test("a party whose packets stop is told, then given up", limit, async () => {
    await using bed = await switchBed({ sw: { mediaLostMs: 3000 } });
    const seen = watch(bed.sw);
    const coming = bed.carrier.nextCall();
    const legId = dial(bed.sw, "+8613800000011");
    const call = await coming;
    call.answer();
    await seen.until("leg-first-packet", isLeg(legId));
    call.stream!.close();
    assert.ok((await seen.until("leg-silent", isLeg(legId))).sinceMs >= 3000);
    const ended = await seen.until("leg-ended", isLeg(legId));
    assert.deepEqual([ended.cause, ended.by], ["media-lost", "switch"]);
    await call.until("ended");
  });

  test("the ladder holds every message of its leg and of no other", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const [one, other] = [dial(bed.sw, "+8613800000008"), dial(bed.sw, "+8613800000001")];
    await Promise.all([one, other].map((legId) => seen.until("leg-ended", isLeg(legId))));
    const ladder = (legId: string) =>
      seen.events.flatMap((event) =>
        event.type === "sip" && event.legId === legId
          ? [
              `${event.direction} ${event.text.split("\r\n", 1)[0]!.replace(/ sip:\S+| SIP\/2.0|SIP\/2.0 /g, "")}`,
            ]
          : [],
      );
    await seen.until("sip", (event) => event.legId === one && event.text.includes("BYE"));
    assert.deepEqual(ladder(one).slice(0, 6), [
      "out INVITE",
      "in 100 Trying",
      "in 180 Ringing",
      "in 200 OK",
      "out ACK",
      "in BYE",
    ]);
    assert.deepEqual(ladder(other), ["out INVITE", "in 100 Trying", "in 486 Busy Here", "out ACK"]);
  });

  test("numbers and identity are written as the trunk wants them", limit, async () => {
    await using bed = await switchBed();
    bed.sw.setTrunks([
      trunkTo(bed.carrier, 1, { numberFormat: "national", dialPrefix: "9", domain: "ims.example" }),
    ]);
    const coming = bed.carrier.nextCall();
    const legId = dial(bed.sw, "+8613800138000", { callerId: "+861065529988", callerName: "外呼" });
    const call = await coming;
    const invite = watch(bed.sw).events.find((event) => event.type === "sip");
    assert.equal(invite, undefined);
    assert.deepEqual([call.to, call.from], ["913800138000", "01065529988"]);
    const headers = new Map("headers" in call.sip ? call.sip.headers : []);
    assert.equal(headers.get("P-Asserted-Identity"), "<sip:01065529988@ims.example>");
    bed.sw.hangup(legId);
  });

  test("digits by INFO are digits", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const coming = bed.carrier.nextCall();
    const legId = dial(bed.sw, "+8613800000011");
    const call = await coming;
    call.answer();
    await seen.until("leg-answered", isLeg(legId));
    await call.sip.info({ type: "application/dtmf-relay", content: "Signal=7\r\nDuration=160\r\n" });
    await call.sip.info({ type: "application/dtmf", content: "#" });
    await seen.until("leg-dtmf", (event) => event.digit === "#");
    assert.deepEqual(
      seen.events.flatMap((event) => (event.type === "leg-dtmf" ? [event.digit] : [])),
      ["7", "#"],
    );
  });

  test("a trunk over TCP", limit, async () => {
    await using bed = await switchBed({ carrier: { transport: "tcp" } });
    bed.sw.setTrunks([trunkTo(bed.carrier, 1, { transport: "tcp" })]);
    const seen = watch(bed.sw);
    await seen.until("trunk", ({ status }) => status.state === "up");
    const legId = dial(bed.sw, "+8613800000005");
    await seen.until("leg-first-packet", isLeg(legId));
    bed.sw.hangup(legId);
  });

  test("a caller whose INVITE has no offer gets ours and answers in ACK", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const target = { transport: "udp", host: "127.0.0.1", port: bed.sw.sipLocal[0]!.port } as const;
    const plan = [{ do: "echo" }] as const;
    const far = bed.carrier.callIn({ from: "+8613900139000", to: "10086", target, plan, lateOffer: true });
    const { legId } = await seen.until("leg-incoming");
    await bed.sw.answer(legId, "bench");
    await far.until("answered");
    const heard = await listenForPair(bed.sw, systemClock, legId, 10_000);
    assert.ok(heard.echoDelayMs !== undefined, JSON.stringify(heard));
  });

  test("what is dialled and shown cannot write headers; service codes pass", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const coming = bed.carrier.nextCall();
    const code = dial(bed.sw, "*21#", { callerName: 'Eve"\r\nX-Evil: 1', callerId: "1\r\nX-Evil: 2" });
    const call = await coming;
    assert.equal(call.to, "*21#");
    const headers = "headers" in call.sip ? call.sip.headers : [];
    assert.ok(headers.length > 5 && !headers.some(([name]) => name === "X-Evil"), JSON.stringify(headers));
    bed.sw.hangup(code);
    await seen.until("leg-ended", isLeg(code));
  });
});
