/**
 * Hours of calls through the whole switch: signalling, media, half of the calls recorded, some ending and beginning
 * anew all the time. What must not grow is memory and handles; what must not happen is a gap in the sound.
 * `npm run bench -- soak --seconds 3600 --legs 300 --callsPerSecond 2`
 */
import { flags, percentile, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";
import { openSwitchLoad } from "./load/switch-load.ts";

const { seconds, legs, callsPerSecond } = flags({ seconds: 3600, legs: 300, callsPerSecond: 2 });
/** Slopes are taken over what comes after this share of the time: a young process still grows into its work. */
const warmShare = 0.25;

/** Least-squares slope of `y` over seconds `x`, per hour. */
function slopePerHour(points: readonly { x: number; y: number }[]): number {
  const mean = (of: (p: { x: number; y: number }) => number) =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [mx, my] = [mean((p) => p.x), mean((p) => p.y)];
  const covariance = mean((p) => (p.x - mx) * (p.y - my));
  return (covariance / mean((p) => (p.x - mx) ** 2)) * 3600;
}

await using floor = await openSwitchLoad();
for (let number = 0; number < legs; number++) await floor.call(number);
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
const samples: { x: number; rss: number; handles: number }[] = [];
const answerMs: number[] = [];
let [sent, missing, worstGapMs, failed] = [0, 0, 0, 0];
let next = 0;

/** A call of two legs ends, and another takes its place. */
async function renew(number: number): Promise<void> {
  const both = [number, number + 1];
  for (const leg of both) floor.hangup(leg);
  for (const leg of both) answerMs.push(await floor.call(leg));
}

const { corePct } = await corePercent((await floor.usage()).pids, async () => {
  while (elapsed() < seconds) {
    const measured = floor.load.measure(1000);
    for (let i = 0; i < callsPerSecond; i++) await renew((2 * next++) % legs).catch(() => failed++);
    const counts = await measured;
    sent += counts.sent;
    missing += counts.missing;
    worstGapMs = Math.max(worstGapMs, counts.worstGapMs);
    const { rssBytes, handles } = await floor.usage();
    samples.push({ x: elapsed(), rss: rssBytes, handles });
  }
});
const settled = samples.filter(({ x }) => x >= seconds * warmShare);
printTable([
  {
    legs,
    "legs begun anew": answerMs.length,
    "calls failed": failed,
    "answer p99 ms": percentile(answerMs, 0.99),
    "loss %": (missing / sent) * 100,
    "core %": corePct,
    "MB at the end": settled.at(-1)!.rss / 1e6,
    "handles at the end": settled.at(-1)!.handles,
  },
]);
report("soak", {
  seconds,
  rssSlopeMbPerHour: slopePerHour(settled.map(({ x, rss }) => ({ x, y: rss / 1e6 }))),
  handleSlopePerHour: slopePerHour(settled.map(({ x, handles }) => ({ x, y: handles }))),
  worstGapMs,
});
