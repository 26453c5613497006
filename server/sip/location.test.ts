import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { type DnsRecord, testDns } from "../../test/kit/dns-server.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { manualClock } from "../kernel/clock.ts";
import { seededRandom } from "../kernel/random.ts";
import { orderSrv } from "./locate.ts";
import { createLocator } from "./locator.ts";
import type { IncomingCall, SipStack } from "./types.ts";

const srv = (priority: number, weight: number, port: number, target: string): DnsRecord => ({
  type: "SRV",
  priority,
  weight,
  port,
  target,
});
const naptr = (order: number, service: string, replacement: string): DnsRecord => ({
  type: "NAPTR",
  order,
  preference: 10,
  service,
  replacement,
});
const a = (address: string, ttl = 60): DnsRecord => ({ type: "A", address, ttl });

async function locatorOf(records: Record<string, DnsRecord[]>) {
  const dns = await testDns(records);
  const clock = manualClock();
  const locator = createLocator({ resolver: dns.resolver, clock, random: seededRandom(3263) });
  const show = async (uri: string) =>
    (await locator.findUri(uri)).map(({ transport, host, port }) => `${transport} ${host}:${port}`);
  return { dns, clock, locator, show, [Symbol.asyncDispose]: () => dns[Symbol.asyncDispose]() };
}

test("a domain is located by NAPTR, then SRV, then address; what the URI says already is not asked", async () => {
  await using bed = await locatorOf({
    "full.example": [
      naptr(50, "SIPS+D2T", "_sips._tcp.full.example"),
      naptr(90, "SIP+D2T", "_sip._tcp.full.example"),
      naptr(100, "SIP+D2U", "_sip._udp.full.example"),
      naptr(10, "SIP+D2S", "_sip._sctp.full.example"),
      a("192.0.2.9"),
    ],
    "_sips._tcp.full.example": [srv(1, 0, 5061, "gw.full.example")],
    "_sip._tcp.full.example": [srv(1, 0, 5070, "gw.full.example")],
    "_sip._udp.full.example": [srv(1, 0, 5080, "gw.full.example"), srv(0, 0, 5090, "first.full.example")],
    "gw.full.example": [a("192.0.2.1")],
    "first.full.example": [a("192.0.2.2"), a("192.0.2.3")],
    "plain.example": [a("192.0.2.4")],
    "dead.example": [],
    "_sip._udp.dead.example": [srv(0, 0, 5060, ".")],
  });
  const { show } = bed;
  assert.deepEqual(await show("sip:x@full.example"), [
    "tls 192.0.2.1:5061",
    "tcp 192.0.2.1:5070",
    "udp 192.0.2.2:5090",
    "udp 192.0.2.3:5090",
    "udp 192.0.2.1:5080",
  ]);
  assert.deepEqual(await show("sips:x@full.example"), ["tls 192.0.2.1:5061"]);
  assert.deepEqual(await show("sip:x@full.example;transport=tcp"), ["tcp 192.0.2.1:5070"]);
  assert.deepEqual(await show("sip:x@full.example:5066"), ["udp 192.0.2.9:5066"]);
  assert.deepEqual(await show("sip:x@plain.example"), ["udp 192.0.2.4:5060"]);
  assert.deepEqual(await show("sips:x@plain.example"), ["tls 192.0.2.4:5061"]);
  assert.deepEqual(await show("sip:x@192.0.2.7;transport=tcp"), ["tcp 192.0.2.7:5060"]);
  const [tls] = await bed.locator.findUri("sips:x@full.example");
  assert.equal(tls!.domain, "full.example", "the certificate must name the domain, not the host SRV led to");
  await assert.rejects(show("sip:x@nowhere.example"));
  await assert.rejects(show("sip:x@dead.example"));
});

test("addresses are believed for their time to live, a missing name for half a minute", async () => {
  await using bed = await locatorOf({ "short.example": [a("192.0.2.1", 20)] });
  const count = (question: string) => bed.dns.asked.filter((asked) => asked === question).length;
  await bed.show("sip:short.example");
  await Promise.all([bed.show("sip:short.example"), bed.show("sip:short.example")]);
  assert.equal(count("A short.example"), 1);
  bed.dns.zone.set("short.example", [a("192.0.2.2", 20)]);
  bed.clock.advance(19_000);
  assert.deepEqual(await bed.show("sip:short.example"), ["udp 192.0.2.1:5060"]);
  bed.clock.advance(2_000);
  assert.deepEqual(await bed.show("sip:short.example"), ["udp 192.0.2.2:5060"]);
  assert.equal(count("SRV _sip._udp.short.example"), 1);
  bed.clock.advance(10_000);
  await bed.show("sip:short.example");
  assert.equal(count("SRV _sip._udp.short.example"), 2);
});

test("weights share calls in proportion, priorities do not share at all", () => {
  const records = [
    { priority: 1, weight: 30, port: 1, name: "a" },
    { priority: 1, weight: 10, port: 2, name: "b" },
    { priority: 2, weight: 90, port: 3, name: "c" },
  ];
  const random = seededRandom(2782);
  const firsts = Array.from({ length: 4_000 }, () => orderSrv(records, random).map(({ name }) => name));
  const share = firsts.filter(([first]) => first === "a").length / firsts.length;
  assert.ok(share > 0.72 && share < 0.78, `a was first in ${share}`);
  assert.ok(firsts.every((order) => order.length === 3 && order[2] === "c"));
});

test("what failed is the last choice for half a minute, or for as long as it asked for, and good again once it answers", async () => {
  await using bed = await locatorOf({
    "two.example": [],
    "_sip._udp.two.example": [srv(1, 0, 5060, "a.two.example"), srv(2, 0, 5060, "b.two.example")],
    "a.two.example": [a("192.0.2.1", 900)],
    "b.two.example": [a("192.0.2.2", 900)],
  });
  const hosts = async () => (await bed.locator.findUri("sip:two.example")).map(({ host }) => host.at(-1));
  const [first] = await bed.locator.findUri("sip:two.example");
  bed.locator.failed(first!);
  assert.deepEqual(await hosts(), ["2", "1"]);
  bed.clock.advance(30_001);
  assert.deepEqual(await hosts(), ["1", "2"]);
  bed.locator.failed(first!, 100);
  bed.clock.advance(90_000);
  assert.deepEqual(await hosts(), ["2", "1"]);
  bed.locator.worked(first!);
  assert.deepEqual(await hosts(), ["1", "2"]);
});

/** A domain whose SRV names these ports of loopback, in this order. */
const srvBed = (ports: number[], prefix = "_sip._udp.") =>
  testDns({
    "carrier.example": [],
    [`${prefix}carrier.example`]: ports.map((port, index) => srv(index, 0, port, "gw.carrier.example")),
    "gw.carrier.example": [a("127.0.0.1")],
  });

const calls = (stack: SipStack, act: (call: IncomingCall) => void): number[] => {
  const seen: number[] = [];
  stack.onInvite((call) => {
    seen.push(1);
    act(call);
  });
  return seen;
};

const outcomeOf = (caller: SipStack, noResponseTimeoutMs?: number) =>
  new Promise<number>((resolve) => {
    const call = caller.invite({
      uri: "sip:100@carrier.example",
      from: "sip:us@carrier.example",
      body: plainSdp(),
      noResponseTimeoutMs,
    });
    call.onAccepted(({ status }) => resolve(status));
    call.onFailed(({ status }) => resolve(status));
  });

test("a call goes on to the next server on 503 and on silence; the next call begins where the last one worked", async () => {
  await using busy = await sipStack();
  await using good = await sipStack();
  const refused = calls(busy, (call) => call.reject(503));
  const taken = calls(good, (call) => call.accept(plainSdp()));
  const silent = createSocket("udp4").bind(0, "127.0.0.1");
  await once(silent, "listening");
  let ignored = 0;
  silent.on("message", () => void ignored++);
  const ports = [silent.address().port, busy.local[0]!.port, good.local[0]!.port];
  await using dns = await srvBed(ports);
  await using caller = await sipStack({ resolver: dns.resolver });
  assert.equal(await outcomeOf(caller, 80), 200);
  assert.deepEqual([refused.length, taken.length], [1, 1]);
  const ignoredOnce = ignored;
  assert.ok(ignoredOnce > 0);
  assert.equal(await outcomeOf(caller, 80), 200);
  assert.deepEqual([refused.length, taken.length, ignored], [1, 2, ignoredOnce]);
  const probe = await caller.probe({ host: "carrier.example" }, "sip:carrier.example", 80);
  assert.equal(probe.status, 200);
  silent.close();
});

test("a refusal by the called party is final: no other server is asked; when all fail the last word is told", async () => {
  await using first = await sipStack();
  await using second = await sipStack();
  const busy = calls(first, (call) => call.reject(486));
  const other = calls(second, (call) => call.reject(503));
  await using dns = await srvBed([first.local[0]!.port, second.local[0]!.port]);
  await using caller = await sipStack({ resolver: dns.resolver });
  assert.equal(await outcomeOf(caller), 486);
  assert.deepEqual([busy.length, other.length], [1, 0]);
  first.onInvite((call) => call.reject(503));
  assert.equal(await outcomeOf(caller), 503);
  assert.equal(other.length, 1);
});

test("a server whose TCP port is closed hands over to the next", async () => {
  const tcp = { listen: [{ transport: "tcp" as const, host: "127.0.0.1", port: 0 }] };
  const gone = await sipStack(tcp);
  const closedPort = gone.local[0]!.port;
  await gone[Symbol.asyncDispose]();
  await using good = await sipStack(tcp);
  const taken = calls(good, (call) => call.accept(plainSdp()));
  await using dns = await srvBed([closedPort, good.local[0]!.port], "_sip._tcp.");
  await using caller = await sipStack({ resolver: dns.resolver });
  assert.equal(await outcomeOf(caller), 200);
  assert.equal(taken.length, 1);
});
