import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import { trunkTo } from "../../test/kit/switch-bed.ts";
import { createTrunks } from "./embedded-trunks.ts";
import type { TrunkConfig } from "./switch.ts";

/** Trunks that nobody probes and that do not register, so that no wire is needed: only order and limits are at work. */
function trunksOf(...configs: TrunkConfig[]) {
  const clock = manualClock();
  const trunks = createTrunks({
    sip: () => assert.fail("no signalling is needed to choose a trunk"),
    clock,
    log: silentLog,
    emit: () => undefined,
    probeEveryMs: 0,
    probeTimeoutMs: 1000,
  });
  trunks.set(configs);
  const book = (ids: number[] = [1, 2], tried: number[] = []) => {
    const booking = trunks.book(ids, new Set(tried));
    return booking && { id: booking.trunk.id, delayMs: booking.delayMs, release: () => booking.release() };
  };
  return { trunks, clock, book };
}
const peer = { host: "127.0.0.1", port: 5070 };

test("the first trunk is first, what was tried is not tried again, an unknown one is none", () => {
  const { book } = trunksOf(trunkTo(peer, 1), trunkTo(peer, 2));
  assert.equal(book()?.id, 1);
  assert.equal(book([2, 1])?.id, 2);
  assert.equal(book([1, 2], [1])?.id, 2);
  assert.equal(book([1, 2], [1, 2]), undefined);
  assert.equal(book([9]), undefined);
});

test("above its rate a trunk hands over to the next; with no next one the call waits, two seconds at most", () => {
  const { trunks, clock, book } = trunksOf(trunkTo(peer, 1, { maxCallsPerSecond: 2 }), trunkTo(peer, 2));
  assert.equal(book()?.id, 1);
  assert.equal(book()?.id, 2);
  const waits = Array.from({ length: 5 }, () => book([1])?.delayMs);
  assert.deepEqual(waits, [500, 1000, 1500, 2000, undefined]);
  assert.equal(trunks.status()[0]!.waiting, 4);
  clock.advance(1000);
  assert.equal(trunks.status()[0]!.waiting, 2);
  assert.equal(book([1])?.delayMs, 1500);
});

test("channels are given back once, and survive a change of the trunk's settings", () => {
  const { trunks, book } = trunksOf(trunkTo(peer, 1, { maxChannels: 2 }));
  const [first, second] = [book([1])!, book([1])!];
  assert.equal(book([1]), undefined);
  first.release();
  first.release();
  assert.equal(trunks.status()[0]!.channels, 1);
  trunks.set([trunkTo(peer, 1, { maxChannels: 1, name: "renamed" })]);
  assert.equal(book([1]), undefined);
  second.release();
  assert.equal(book([1])?.id, 1);
});

test("a trunk that was silent is the last choice, and any answer brings it back", () => {
  const { trunks, book } = trunksOf(trunkTo(peer, 1), trunkTo(peer, 2));
  trunks.heard(1, false);
  assert.equal(trunks.status()[0]!.state, "down");
  assert.equal(book()?.id, 2);
  assert.equal(book([1])?.id, 1);
  trunks.heard(1, true);
  assert.equal(book()?.id, 1);
});

test("a disabled trunk takes nothing and sends nothing", () => {
  const { trunks, book } = trunksOf(trunkTo(peer, 1, { enabled: false }), trunkTo(peer, 2));
  assert.equal(book()?.id, 2);
  assert.equal(trunks.status()[0]!.state, "disabled");
  assert.equal(trunks.trunkOf({ ...peer, transport: "udp" }), "2");
});

test("calls are a trunk's by host and port, over TCP by host, and from what it names itself", () => {
  const { trunks } = trunksOf(
    trunkTo({ host: "192.0.2.1", port: 5060 }, 1, { inboundHosts: ["192.0.2.9", "192.0.2.8:5080"] }),
  );
  const from = (host: string, port: number, transport: "udp" | "tcp" = "udp") =>
    trunks.trunkOf({ host, port, transport });
  assert.equal(from("192.0.2.1", 5060), "1");
  assert.equal(from("192.0.2.1", 40_000), undefined);
  assert.equal(from("192.0.2.1", 40_000, "tcp"), "1");
  assert.equal(from("192.0.2.9", 40_000), "1");
  assert.equal(from("192.0.2.8", 5080), "1");
  assert.equal(from("192.0.2.8", 5060), undefined);
});
