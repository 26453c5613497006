/**
 * One media process under load on loopback: relayed calls, and rooms whose legs are decoded, mixed and recorded. The
 * same relay by rtpengine in user space and by bare `dgram` sockets stands beside it. The load runs in a process of its
 * own. `npm run bench -- media --relay 1000 --mixed 400 --seconds 8`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSdp } from "../server/media/sdp.ts";
import { mediaBed } from "../test/kit/media-bed.ts";
import { flags, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";
import { type Load, loadSdp, openRtpLoad } from "./load/load.ts";
import { hasRtpengine, rtpengineHint, startRtpengine } from "./load/rtpengine.ts";

const { relay, mixed, seconds, warmSeconds } = flags({ relay: 1000, mixed: 400, seconds: 8, warmSeconds: 3 });
/** Parties of a mixed room; half of them are recorded, which is a stereo file for two legs, as calls have. */
const mixedRoom = 4;

interface Under {
  pid: number;
  /** Where each leg has to send. */
  ports: number[];
  /** Packets that the process itself saw missing. */
  lost?: () => number;
}

async function measure(name: string, under: Under, load: Load, roomSize: number) {
  load.start(under.ports, roomSize);
  await new Promise((resolve) => setTimeout(resolve, warmSeconds * 1000));
  const lostBefore = under.lost?.() ?? 0;
  const { corePct, result } = await corePercent([under.pid], () => load.measure(seconds * 1000));
  const lost = result.missing + (under.lost?.() ?? 0) - lostBefore;
  return {
    what: name,
    legs: under.ports.length,
    "% core": corePct,
    "µs a packet": (corePct * 10_000 * seconds) / result.sent,
    "sent /s": result.sent / seconds,
    "received /s": result.received / seconds,
    "loss %": (lost / result.sent) * 100,
    "worst gap ms": result.worstGapMs,
    "delay p50 ms": result.delayP50Ms,
    "delay p99 ms": result.delayP99Ms,
  };
}

async function ours(name: string, legs: number, roomSize: number, recorded: boolean) {
  const folder = await mkdtemp(join(tmpdir(), "waihu-bench-"));
  try {
    await using bed = await mediaBed();
    await using load = await openRtpLoad();
    const ports: number[] = [];
    for (let i = 0; i < legs; i++) {
      const leg = await bed.pool.createLeg({ legId: String(i), kind: "rtp", affinity: "bed" });
      ports.push(parseSdp(await leg.answer(loadSdp(load.portOf(i))))!.audio.port);
      if (recorded && i % 2 === 0) await leg.startRecording(String(i), join(folder, `${i}.wav`));
    }
    for (let i = 0; i < legs; i += roomSize) {
      const ids = Array.from({ length: Math.min(roomSize, legs - i) }, (_, n) => String(i + n));
      bed.room(`room${i}`, Object.fromEntries(ids.map((id) => [id, ids])));
    }
    const lost = () => {
      const last = new Map(bed.events.map((e) => [e.legId, e.type === "stats" ? e.stats.lost : 0]));
      return [...last.values()].reduce((sum, n) => sum + n, 0);
    };
    const { pid } = bed.pool.status()[0]!;
    return await measure(name, { pid, ports, lost }, load, roomSize);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function rtpengine(legs: number) {
  if (!hasRtpengine()) {
    console.log(rtpengineHint);
    return undefined;
  }
  await using engine = await startRtpengine();
  await using load = await openRtpLoad();
  const ports: number[] = [];
  for (let i = 0; i < legs; i += 2)
    ports.push(...(await engine.relay(`call${i}`, [loadSdp(load.portOf(i)), loadSdp(load.portOf(i + 1))])));
  return await measure("relay by rtpengine", { pid: engine.pid, ports }, load, 2);
}

async function bare(legs: number) {
  await using load = await openRtpLoad();
  const loadPorts = Array.from({ length: 40 }, (_, i) => load.portOf(i)).join(",");
  const entry = fileURLToPath(new URL("load/forwarder-process.ts", import.meta.url));
  const child = fork(entry, [String(legs), loadPorts]);
  const [ports] = (await once(child, "message")) as [number[]];
  const result = await measure("bare dgram", { pid: child.pid!, ports }, load, 2);
  child.disconnect();
  await once(child, "exit");
  return result;
}

const relayed = await ours("relay", relay, 2, false);
const mixing = await ours("mixed, recorded", mixed, mixedRoom, true);
const peer = await rtpengine(relay);
const limit = await bare(relay);
printTable([relayed, mixing, ...(peer ? [peer] : []), limit]);
report("media", {
  mixedLegs: mixed,
  mixedCorePct: mixing["% core"],
  mixedP99Ms: mixing["delay p99 ms"],
  lossPct: Math.max(mixing["loss %"], relayed["loss %"]),
  relayLegs: relay,
  relayCorePct: relayed["% core"],
  relayP99Ms: relayed["delay p99 ms"],
  rtpengineRelayCorePct: peer ? peer["% core"] : null,
  bareDgramCorePct: limit["% core"],
});
