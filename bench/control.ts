/**
 * From a command of an agent or supervisor (its HTTP request) to the first 20 ms of sound that it lets through, as the
 * hearer's own socket gets it: consultation, three-way, whisper, take a call back, blind transfer. The whole server,
 * desk phones on RTP, a customer at the carrier who sends a tone.
 */
import { toneLevelDbm0 } from "../server/media/tones.ts";
import type { BedAgent } from "../test/kit/bed-agent.ts";
import { callBed } from "../test/kit/call-bed.ts";
import { until } from "../test/kit/until.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rounds } = flags({ rounds: 25 });
const customerHz = 1900;
const customer = "+8613800138099";
const loudDbm0 = -20;

await using bed = await callBed();
const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
const eve = await bed.agent("eve", { role: "administrator" });
const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana, ben] });
bed.carrier.behave(customer, [
  { do: "answer" },
  { do: "talk", sound: { tonesHz: [customerHz] }, ms: 3_600_000 },
]);
await ana.work(campaign.id);
await eve.work();
await eve.command("pause", { reasonId: 1 });
await campaign.command("start");
const { call } = await ana.until("talking");
await ben.work(campaign.id);

const callId = call!.callId;
const times: Record<string, number[]> = {};

/** Runs a command, and measures until `hearer` gets a packet with the tone. */
async function measure(what: string, hearer: BedAgent, hz: number, command: () => Promise<unknown>) {
  const { received } = hearer.phone.peer;
  await until(`${what}: silent before`, () => hearer.phone.peer.toneLevel(hz) < -40);
  const from = received.length;
  const at = performance.now();
  await command();
  const heard = await until(what, () =>
    received.slice(from).find(({ samples }) => samples.length > 0 && toneLevelDbm0(samples, hz) > loudDbm0),
  );
  (times[what] ??= []).push(heard.at - at);
}

const to = ({ userId }: BedAgent) => ({ target: { type: "agent" as const, userId } });
const supervise = (mode: string | null) => eve.ask("POST", "/desk/call/supervise", { callId, mode });
for (let round = 0; round < rounds; round++) {
  await measure("consult", ben, ana.toneHz, () => ana.command("call/consult", to(ben)));
  await measure("three-way", ben, customerHz, () => ana.command("call/merge", {}));
  await ana.command("call/drop", { partyId: `agent-${ben.userId}` });
  await ben.until("ready");
  await supervise("listen");
  await measure("whisper", ana, eve.toneHz, () => supervise("whisper"));
  await supervise(null);
  await eve.until("paused");
  await measure("transfer", ben, customerHz, () => ana.command("call/transfer", to(ben)));
  await ana.until("ready");
  await measure("transfer back", ana, customerHz, () => ben.command("call/transfer", to(ana)));
  await ben.until("ready");
}
printTable(
  Object.entries(times).map(([what, ms]) => ({
    "command to sound, ms": what,
    p50: percentile(ms, 0.5),
    p95: percentile(ms, 0.95),
    worst: Math.max(...ms),
    n: ms.length,
  })),
);
await campaign.command("stop");
report("control", { p95Ms: percentile(Object.values(times).flat(), 0.95) });
