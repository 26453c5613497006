/**
 * Callers in menus, all at once: from the end of a key (RFC 4733: an event is told by its end) to the first 20 ms of the
 * prompt that answers it, as the caller's own socket gets them. Two menus that are two tones lead to each other; the
 * whole server runs in a process of its own, its media in another, and both are counted.
 */
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { callBed } from "../test/kit/call-bed.ts";
import { block, flow } from "../test/kit/ivr-flows.ts";
import type { ServerProcess } from "../test/kit/server-process.ts";
import { tonePrompt } from "../test/kit/tone-prompts.ts";
import { systemRandom } from "../server/kernel/random.ts";
import type { CarrierCall } from "../tools/carrier/call.ts";
import { flags, percentile, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";

const { callers, seconds } = flags({ callers: 200, seconds: 30 });
const did = "+8675512345678";
const tonesHz = [600, 1000] as const;
const loudDbm0 = -25;
/** The carrier's keys last five packets, of which the last says so: that goes out this long after the call to send. */
const keyMs = 80;
const pauseMs = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

await using bed = await callBed({ ownProcess: true, carrier: { suffixes: false } });
await bed.seed.trunk();
const [low, high] = [await tonePrompt(bed, tonesHz[0], 30_000), await tonePrompt(bed, tonesHz[1], 30_000)];
const asks = (id: string, to: string, promptId: number) =>
  block(
    "menu",
    id,
    { "1": to, timeout: "bye", invalid: "bye" },
    { speech: { promptId }, keys: [{ key: "1" }], tries: 5 },
  );
const document = flow(asks("low", "high", low), asks("high", "low", high), block("hang-up", "bye", {}));
const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Bench", document });
await bed.manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, {});

const target = { transport: "udp", ...bed.server.sip } as const;
const calls: CarrierCall[] = [];
for (let caller = 0; caller < callers; caller++) {
  const from = `+86138${String(10_000_000 + caller)}`;
  calls.push(bed.carrier.callIn({ from, to: did, target, plan: [{ do: "stay" }] }));
  await pauseMs(40);
}
await Promise.all(calls.map((call) => call.until("answered")));
await pauseMs(2000);

const times: number[] = [];
let unheard = 0;

/** Presses, waits for the other tone, listens a while, and so on. */
async function walk(call: CarrierCall, first: number, until: number): Promise<void> {
  const stream = call.stream!;
  await pauseMs(first);
  for (let turn = 1; performance.now() < until && call.phase === "answered"; turn++) {
    const wanted = tonesHz[turn % 2]!;
    const at = performance.now();
    stream.sendDtmf("1");
    while (performance.now() - at < 3000 && (await stream.listen(20)).toneDbm0(wanted) < loudDbm0);
    const ms = performance.now() - at - keyMs;
    if (ms < 2900) times.push(ms);
    else unheard++;
    await pauseMs(1500 + systemRandom.next() * 1000);
  }
}

/** The load is in this process: what it is late by itself is not the server's. */
const late = monitorEventLoopDelay({ resolution: 5 });
late.enable();
const { pid } = (bed.server as unknown as ServerProcess).process;
const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
const { corePct } = await corePercent([pid!, ...children], async () => {
  const until = performance.now() + seconds * 1000;
  await Promise.all(calls.map((call) => walk(call, systemRandom.next() * 2000, until)));
});
const inMenus = calls.filter((call) => call.phase === "answered").length;
for (const call of calls) call.hangup();
printTable([
  {
    "key to prompt, ms": "all",
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    worst: Math.max(...times),
  },
]);
printTable([
  { keys: "answered by a prompt", n: times.length },
  { keys: "not answered in 3 s", n: unheard },
  { keys: "callers who were there to the end", n: inMenus },
]);
const own = process.cpuUsage();
printTable([
  { "of this load": "event loop late, p99 ms", value: late.percentile(99) / 1e6 },
  { "of this load": "CPU, s", value: (own.user + own.system) / 1e6 },
]);
report("ivr", { callers: inMenus, p99Ms: percentile(times, 0.99), corePct, unheard });
