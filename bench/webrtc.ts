/**
 * Browsers bridged to carriers by one media process: each browser leg (ICE, DTLS, SRTP) talks with a leg on plain RTP.
 * Both loads run in processes of their own. `npm run bench -- webrtc --legs 100 --seconds 8`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseSdp } from "../server/media/sdp.ts";
import { mediaBed } from "../test/kit/media-bed.ts";
import { until } from "../test/kit/until.ts";
import { flags, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";
import { loadSdp, next, openRtpLoad } from "./load/load.ts";
import type { FromBrowsers, ToBrowsers } from "./load/messages.ts";

const { legs, seconds } = flags({ legs: 100, seconds: 8 });

await using bed = await mediaBed();
await using load = await openRtpLoad();
const child = fork(fileURLToPath(new URL("load/webrtc-load-process.ts", import.meta.url)), [String(legs)]);
const say = (message: ToBrowsers) => void child.send(message);
const { sdps } = await next<FromBrowsers, "offers">(child, "offers");
const answers: string[] = [];
const ports: number[] = [];
for (const [i, sdp] of sdps.entries()) {
  const browser = await bed.pool.createLeg({ legId: `browser${i}`, kind: "webrtc", affinity: "bed" });
  const carrier = await bed.pool.createLeg({ legId: `carrier${i}`, kind: "rtp", affinity: "bed" });
  answers.push(await browser.answer(sdp));
  ports.push(parseSdp(await carrier.answer(loadSdp(load.portOf(i))))!.audio.port);
  bed.room(`room${i}`, { [`browser${i}`]: [`carrier${i}`], [`carrier${i}`]: [`browser${i}`] });
}
say({ type: "answers", sdps: answers });
load.start(ports, 1);

async function browsersReport() {
  say({ type: "report" });
  return await next<FromBrowsers, "report">(child, "report");
}

await until("all browsers are connected", async () => (await browsersReport()).open === legs, 60_000);
await new Promise((resolve) => setTimeout(resolve, 2000));
say({ type: "reset" });
const { corePct, result } = await corePercent([bed.pool.status()[0]!.pid], () =>
  load.measure(seconds * 1000),
);
const browsers = await browsersReport();
printTable([
  {
    to: "carriers",
    "sent /s": browsers.sent / seconds,
    "received /s": result.received / seconds,
    missing: result.missing,
  },
  {
    to: "browsers",
    "sent /s": result.sent / seconds,
    "received /s": browsers.received / seconds,
    missing: browsers.missing,
  },
]);
child.disconnect();
await once(child, "exit");
report("webrtc", {
  legs,
  corePct,
  lossPct: ((result.missing + browsers.missing) / (result.sent + browsers.sent)) * 100,
});
