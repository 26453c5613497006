import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { testSwitch, trunkTo } from "../../test/kit/switch-bed.ts";
import { systemClock } from "../kernel/clock.ts";
import { systemRandom } from "../kernel/random.ts";
import { createCanary, newCanaryPhone } from "./canary.ts";
import type { SwitchEvent } from "./switch.ts";

async function bed() {
  const phone = newCanaryPhone(systemRandom, "waihu.test");
  const sw = await testSwitch({ credentialsOf: async (user) => phone.credentialsOf(user) });
  const told: string[] = [];
  const log = pino(
    {},
    { write: (line: string) => void told.push((JSON.parse(line) as { msg: string }).msg) },
  );
  const canary = await createCanary({
    switch: sw,
    phone,
    switchAt: sw.sipLocal[0]!,
    mediaHost: "127.0.0.1",
    clock: systemClock,
    random: systemRandom,
    log,
  });
  const registered = Promise.withResolvers<void>();
  sw.on((event) => event.type === "endpoint" && registered.resolve());
  if (!sw.isOnline(phone.user)) await registered.promise;
  return {
    sw,
    canary,
    told,
    async [Symbol.asyncDispose]() {
      await canary[Symbol.asyncDispose]();
      await sw[Symbol.asyncDispose]();
    },
  };
}

test(
  "a call of each kind leaves the switch, comes back, and is heard both ways; the business sees nothing",
  { timeout: 60_000 },
  async () => {
    await using there = await bed();
    const { sw, canary } = there;
    const seen: SwitchEvent[] = [];
    canary.business.on((event) => seen.push(event));
    const up = Promise.withResolvers<void>();
    sw.on(
      (event) =>
        event.type === "trunk" && event.status.trunkId === -3 && event.status.state === "up" && up.resolve(),
    );
    canary.business.setTrunks([
      trunkTo({ host: "192.0.2.1", port: 5060 }, 1, {
        transport: "tcp",
        auth: "digest",
        username: "u",
        password: "p",
      }),
    ]);
    await up.promise;
    await canary.round();
    const ways = canary.ways();
    assert.deepEqual(
      ways.map(({ key, state }) => [key, state]),
      [
        ["udp", "ok"],
        ["tcp", "ok"],
        ["registration", "ok"],
        ["phone", "ok"],
      ],
      JSON.stringify(ways),
    );
    for (const { calls } of ways) {
      const [{ there, back, setupMs }] = calls as [(typeof calls)[0]];
      for (const audio of [there!, back!]) {
        assert.ok(Math.abs(audio.levelDbm0 + 13) < 1.5, `${audio.levelDbm0} dBm0`);
        assert.ok(audio.delayMs > 0 && audio.longestGapMs <= 100, JSON.stringify(audio));
      }
      assert.ok(setupMs! >= 0);
    }
    assert.deepEqual(
      seen.filter((event) => event.type !== "trunk" || event.status.trunkId !== 1),
      [],
    );
    assert.deepEqual(
      canary.business.trunkStatus().map(({ trunkId, channels }) => [trunkId, channels]),
      [[1, 0]],
    );
    assert.deepEqual(sw.legs(), []);
  },
);

test(
  "what fails is named; the second failure in a row is an alarm, told once, and so is its end",
  { timeout: 60_000 },
  async () => {
    await using there = await bed();
    const { sw, canary, told } = there;
    // Whoever ends a canary's legs as they come back breaks every way.
    const sabotage = sw.on((event) => {
      if (event.type === "leg-incoming") sw.hangup(event.legId, "busy");
    });
    await canary.round();
    assert.deepEqual(
      canary.ways().map(({ state }) => state),
      ["warning", "warning"],
    );
    await canary.round();
    await canary.round();
    const [udp] = canary.ways();
    assert.equal(udp!.state, "failed");
    assert.deepEqual(
      udp!.calls.map(({ failure }) => failure),
      ["refused", "refused", "refused"],
    );
    assert.deepEqual(udp!.calls[0]!.detail, { cause: "busy", sipStatus: 486 });
    assert.deepEqual(told, ["canary calls fail", "canary calls fail"]);
    sabotage();
    await canary.round();
    assert.deepEqual(
      canary.ways().map(({ state }) => state),
      ["ok", "ok"],
    );
    assert.deepEqual(told.slice(2), ["canary calls work again", "canary calls work again"]);
  },
);

test("a deaf direction is told apart from a dumb one", { timeout: 60_000 }, async () => {
  await using there = await bed();
  const { sw, canary } = there;
  sw.on((event) => {
    if (event.type === "leg-answered" && event.trunkId === -1 && !incoming.has(event.legId))
      sw.mute(event.legId, true);
  });
  const incoming = new Set<string>();
  sw.on((event) => event.type === "leg-incoming" && incoming.add(event.legId));
  await canary.round();
  const [udp] = canary.ways();
  assert.equal(udp!.calls[0]!.failure, "silent-back");
  assert.ok(udp!.calls[0]!.there && !udp!.calls[0]!.back);
});
