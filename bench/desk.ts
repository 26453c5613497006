/**
 * The agent's desk in a real Chromium, beside a whole server in a process of its own. `popP95Ms`: from the customer's
 * 200 OK, as the carrier sends it, to the frame that shows the record. `inpP95Ms`: from a key to the next frame, while
 * the agent talks and three calls a second arrive at the floor. `bundleKb`: what the desk loads at first, gzipped.
 * `npm run bench -- desk --rounds 30 --presses 120`
 */
import { gzipSync } from "node:zlib";
import { callBed } from "../test/kit/call-bed.ts";
import { browserAgent, type AgentDesk, openDesk, takeDesk } from "../test/kit/desk-page.ts";
import { until } from "../test/kit/until.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rounds, presses } = flags({ rounds: 30, presses: 120 });
const callsPerSecond = 3;
const colleagues = 5;
const phone = (i: number) => `+86138002${String(10_000 + i)}`;
const epoch = () => performance.timeOrigin + performance.now();

/** In the page: when the record of another customer was painted, and how long interactions took (Event Timing API). */
const eyes = `(() => {
  window.pops = []; window.interactions = new Map(); let shown = "";
  const look = () => {
    const lead = document.querySelector('.desk[data-agent-state="talking"] .desk-customer')?.dataset.lead;
    if (!lead || lead === shown) return;
    shown = lead;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => pops.push(performance.timeOrigin + performance.now());
      port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-lead", "data-agent-state"] });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId)
      interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
  }).observe({ type: "event", durationThreshold: 16 });
})()`;

/** kB of each kind that a first visit loads until the desk stands there, gzipped. */
async function firstLoad(desk: AgentDesk, url: string): Promise<Record<string, number>> {
  const page = await desk.browser.tab();
  const bodies: Promise<[string, number]>[] = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (["script", "stylesheet", "document", "font"].includes(kind))
      bodies.push(response.body().then((body) => [kind, gzipSync(body, { level: 9 }).length]));
  });
  await page.goto(`${url}/desk`);
  await page.locator(".desk-sign-in").waitFor();
  const sizes: Record<string, number> = {};
  for (const [kind, bytes] of await Promise.all(bodies)) sizes[kind] = (sizes[kind] ?? 0) + bytes / 1000;
  await page.close();
  return sizes;
}

await using bed = await callBed({ ownProcess: true });
const ana = await browserAgent(bed, "ana");
const campaign = await bed.seed.campaign({
  phones: Array.from({ length: rounds + 1 }, (_, i) => phone(i)),
  agents: [ana],
  summaryRequired: false,
});
await using desk = await openDesk(bed, "ana", { hz: 700 });
const { page } = desk;
const sizes = await firstLoad(desk, bed.server.url);
await takeDesk(desk);
await page.evaluate(eyes);
await campaign.command("start");

const pops: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const offered = bed.carrier.nextCall();
  await page.keyboard.press(round === 0 ? "r" : "Control+Enter");
  const call = await offered;
  call.ring();
  const sentAt = epoch();
  call.answer();
  const at = await until("the record is painted", async () => {
    const painted = await page.evaluate<number[]>("pops");
    return painted[round];
  });
  // The first finds the page's code cold.
  if (round > 0) pops.push(at - sentAt);
  if (round === rounds) break;
  await page.keyboard.press("e");
  await desk.until("wrap-up");
}

const team = await Promise.all(Array.from({ length: colleagues }, (_, i) => bed.agent(`colleague${i}`)));
const busy = await bed.seed.campaign({
  phones: Array.from({ length: 2000 }, (_, i) => phone(10_000 + i)),
  agents: [ana, ...team],
  mode: "ratio",
  ratio: 1,
  summaryRequired: false,
  wrapUpLimitMs: 500,
});
for (let i = 0; i < 2000; i++)
  bed.carrier.behave(phone(10_000 + i), [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [1900] }, ms: 800 },
    { do: "hangup" },
  ]);
for (const agent of team) await agent.work(busy.id);
await busy.command("start");
const arrived = () => bed.carrier.counts.offered;
const [firstArrived, from] = [arrived(), performance.now()];
await until("calls arrive", () => arrived() - firstArrived > 5);

/** What agents press in a talk: notes, the keypad, mute, the cheat sheet, a result, and back. */
const round = ["Alt+n", "h", "a", "l", "l", "o", "Escape", "v", "v", "m", "m", "Shift+?", "Escape", "1", "1"];
for (let i = 0; i < presses; i++) {
  const key = round[i % round.length]!;
  if (key === "Escape" || key === "v") await page.evaluate("document.activeElement?.blur()");
  await page.keyboard.press(key);
  await page.waitForTimeout(60);
}
const measured = await page.evaluate<number[]>("[...interactions.values()]");
// The API tells of none below 16 ms.
const all = [...measured, ...Array.from({ length: Math.max(0, presses - measured.length) }, () => 16)];
const perSecond = ((arrived() - firstArrived) * 1000) / (performance.now() - from);

printTable([
  { what: "pop, ms", median: percentile(pops, 0.5), p95: percentile(pops, 0.95), most: Math.max(...pops) },
  {
    what: "interaction, ms",
    median: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    most: Math.max(...all),
  },
]);
printTable(Object.entries(sizes).map(([kind, kb]) => ({ kind, "gzipped, kB": kb })));
console.log(`Calls a second meanwhile: ${perSecond.toFixed(1)} (at least ${callsPerSecond}).`);
report("desk", {
  popP95Ms: percentile(pops, 0.95),
  bundleKb: Object.values(sizes).reduce((sum, kb) => sum + kb, 0),
  inpP95Ms: percentile(all, 0.95),
  callsPerSecond: perSecond,
});
