/**
 * Strangers flood the SIP port while calls are up: malformed packets from one address, INVITEs from another. The calls
 * must not hear it, and new calls of the carrier must be answered.
 * `npm run bench -- flood --seconds 10 --perSecond 10000 --invitesPerSecond 2000 --legs 100`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { flags, percentile, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";
import { openSwitchLoad } from "./load/switch-load.ts";

const { seconds, perSecond, invitesPerSecond, legs } = flags({
  seconds: 10,
  perSecond: 10_000,
  invitesPerSecond: 2000,
  legs: 100,
});
const settleMs = 2000;

await using floor = await openSwitchLoad();
for (let number = 0; number < legs; number++) await floor.call(number);
await new Promise((resolve) => setTimeout(resolve, settleMs));
const quiet = await floor.load.measure(settleMs);

const entry = fileURLToPath(new URL("load/flood-process.ts", import.meta.url));
const child = fork(
  entry,
  [floor.sipPort, seconds * 1000, perSecond, invitesPerSecond].map((n) => String(n)),
);
const flooded = once(child, "message") as Promise<[number[]]>;
const answerMs: number[] = [];
const [server] = (await floor.usage()).pids;
const { corePct, result } = await corePercent([server!], async () => {
  const measured = floor.load.measure(seconds * 1000);
  for (let second = 0; second < seconds - 1; second++) {
    const number = legs + second;
    answerMs.push(await floor.call(number));
    await new Promise((resolve) => setTimeout(resolve, 1000 - Math.min(1000, answerMs.at(-1)!)));
    floor.hangup(number);
  }
  return await measured;
});
const [sent] = await flooded;
report("flood", {
  malformedPerSecond: sent[0]! / seconds,
  invitesPerSecond: sent[1]! / seconds,
  signallingCorePct: corePct,
  lossPct: (result.missing / result.sent) * 100,
  worstGapMs: result.worstGapMs,
  worstGapBeforeMs: quiet.worstGapMs,
  answerP99Ms: percentile(answerMs, 0.99),
});
