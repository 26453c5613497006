import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { systemClock } from "../../server/kernel/clock.ts";
import { dial, isLeg, watch } from "../../server/switch/conformance-kit.ts";
import { listenForPair } from "../../server/switch/test-call-audio.ts";
import * as carrier from "../kit/sipp-scenarios.ts";
import { startSipp } from "../kit/sipp.ts";
import { testSwitch, trunkTo } from "../kit/switch-bed.ts";
import { freeUdpPort } from "../kit/udp-port.ts";

const limit = { timeout: 180_000 };
const at = (port: number) => ({ host: "127.0.0.1", port });
const echoing = async () => ["-rtp_echo", "-mp", String(await freeUdpPort())];

/** SIPp would take OPTIONS for its call. */
const sippSwitch = () => testSwitch({ probeEveryMs: 0 });

void describe("the switch against SIPp", { concurrency: 2 }, () => {
  test("SIPp answers: audio travels both ways and our BYE ends it", limit, async () => {
    await using sw = await sippSwitch();
    await using sipp = await startSipp({ scenario: carrier.answers(200), args: await echoing() });
    sw.setTrunks([trunkTo(at(sipp.port))]);
    const seen = watch(sw);
    const legId = dial(sw);
    await seen.until("leg-answered", isLeg(legId));
    const heard = await listenForPair(sw, systemClock, legId, 10_000);
    assert.ok(heard.echoDelayMs !== undefined, JSON.stringify(heard));
    sw.hangup(legId);
    assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
  });

  test("SIPp hangs up: the leg ends normally by the party with its Q.850 cause", limit, async () => {
    await using sw = await sippSwitch();
    await using sipp = await startSipp({ scenario: carrier.answersAndHangsUp(100) });
    sw.setTrunks([trunkTo(at(sipp.port))]);
    const seen = watch(sw);
    const ended = await seen.until("leg-ended", isLeg(dial(sw)));
    assert.deepEqual([ended.cause, ended.by, ended.q850], ["normal", "party", 16]);
    assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
  });

  test("SIPp is busy, knows no such number, has no circuit, is out of order", limit, async () => {
    const refusals = [
      ["486 Busy Here", "busy"],
      ["404 Not Found", "invalid-number"],
      ["503 Service Unavailable", "congestion"],
      ["500 Server Internal Error", "trunk-failed"],
    ] as const;
    await using sw = await sippSwitch();
    const seen = watch(sw);
    for (const [status, cause] of refusals) {
      await using sipp = await startSipp({ scenario: carrier.refuses(status) });
      sw.setTrunks([trunkTo(at(sipp.port))]);
      const ended = await seen.until("leg-ended", isLeg(dial(sw)));
      assert.deepEqual([ended.cause, ended.sipStatus], [cause, Number(status.slice(0, 3))]);
      assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
    }
  });

  test("SIPp rings for ever: our ring timeout cancels it", limit, async () => {
    await using sw = await sippSwitch();
    await using sipp = await startSipp({ scenario: carrier.ringsForEver() });
    sw.setTrunks([trunkTo(at(sipp.port))]);
    const seen = watch(sw);
    const ended = await seen.until("leg-ended", isLeg(dial(sw, { ringTimeoutMs: 500 })));
    assert.deepEqual([ended.cause, ended.by], ["no-answer", "us"]);
    assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
  });

  test("one SIPp has no circuit, the next one answers", limit, async () => {
    await using sw = await sippSwitch();
    await using full = await startSipp({ scenario: carrier.refuses("503 Service Unavailable") });
    await using free = await startSipp({ scenario: carrier.answers() });
    sw.setTrunks([trunkTo(at(full.port), 1), trunkTo(at(free.port), 2)]);
    const seen = watch(sw);
    const legId = dial(sw, { trunkIds: [1, 2] });
    assert.equal((await seen.until("leg-failover", isLeg(legId))).cause, "congestion");
    assert.equal((await seen.until("leg-answered", isLeg(legId))).trunkId, 2);
    sw.hangup(legId);
    assert.equal((await full.done).exitCode, 0, (await full.done).errors);
    assert.equal((await free.done).exitCode, 0, (await free.done).errors);
  });

  test("SIPp plays before it answers", limit, async () => {
    await using sw = await sippSwitch();
    await using sipp = await startSipp({ scenario: carrier.earlyMedia() });
    sw.setTrunks([trunkTo(at(sipp.port))]);
    const seen = watch(sw);
    const legId = dial(sw);
    assert.ok((await seen.until("leg-progress", isLeg(legId))).earlyMedia);
    await seen.until("leg-answered", isLeg(legId));
    sw.hangup(legId);
    assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
  });

  test("one packet in eight is lost: every call still comes up and ends", limit, async () => {
    await using sw = await sippSwitch();
    const calls = 20;
    await using sipp = await startSipp({ scenario: carrier.answers(), calls, lostPercent: 12 });
    sw.setTrunks([trunkTo(at(sipp.port))]);
    const seen = watch(sw);
    const legs = Array.from({ length: calls }, () => dial(sw));
    await Promise.all(
      legs.map(async (legId) => {
        await seen.until("leg-answered", isLeg(legId));
        sw.hangup(legId);
      }),
    );
    assert.deepEqual(sw.legs(), []);
    const result = await sipp.done;
    assert.equal(result.successful, calls, result.errors);
    assert.ok(Number(result.stats["Retransmissions(C)"]) > 0, "nothing was lost");
  });

  test("SIPp calls in, is answered, and hangs up", limit, async () => {
    await using sw = await sippSwitch();
    const port = await freeUdpPort();
    sw.setTrunks([trunkTo(at(port))]);
    const seen = watch(sw);
    const target = `127.0.0.1:${sw.sipLocal[0]!.port}`;
    await using sipp = await startSipp({
      scenario: carrier.calls({ talkMs: 200 }),
      target,
      port,
      user: "861065529988",
    });
    const incoming = await seen.until("leg-incoming");
    assert.deepEqual(
      [incoming.from, incoming.fromName, incoming.to, incoming.trunkId],
      ["+8613900139000", "Customer", "+861065529988", 1],
    );
    sw.ring(incoming.legId);
    await sw.answer(incoming.legId, "bench");
    const ended = await seen.until("leg-ended", isLeg(incoming.legId));
    assert.deepEqual([ended.cause, ended.by], ["normal", "party"]);
    assert.equal((await sipp.done).exitCode, 0, (await sipp.done).errors);
  });
});
