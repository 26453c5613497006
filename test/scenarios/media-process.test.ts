import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { recoverRecording } from "../../server/media/recover-recording.ts";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import { mediaBed } from "../kit/media-bed.ts";
import { mediaProcesses, spareTitle } from "../kit/media-processes.ts";
import { until } from "../kit/until.ts";

async function folder(): Promise<AsyncDisposable & { path(name: string): string }> {
  const path = await mkdtemp(join(tmpdir(), "waihu-media-"));
  return { path: (name) => join(path, name), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const sizeOf = async (path: string) => (await stat(path)).size;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a killed process loses its own legs alone, is started again, and its recording is repaired", async () => {
  await using dir = await folder();
  await using bed = await mediaBed({ processes: 2 });
  const path = dir.path("killed.wav");
  const victim = await bed.offered("victim");
  const other = await bed.pool.createLeg({ legId: "other", kind: "rtp", affinity: "another" });
  const [first, second] = bed.pool.status();
  assert.deepEqual([first?.legs, second?.legs], [1, 1]);
  victim.peer.sendTone(400).start();
  await victim.leg.startRecording("r", path);
  await bed.until(async () => (await sizeOf(path)) > 16_000);
  const tap = victim.leg.tap()[Symbol.asyncIterator]();
  process.kill(first!.pid, "SIGKILL");
  assert.equal((await bed.event("leg-lost")).legId, "victim");
  while (!(await tap.next()).done);
  await assert.rejects(victim.leg.offer());
  assert.match(await other.offer(), /m=audio/);

  await bed.until(() => bed.pool.status()[0]!.restarts === 1 && bed.pool.status()[0]!.alive);
  const again = await bed.offered("again");
  again.peer.start();
  await bed.event("first-packet", "again");
  assert.ok((await recoverRecording(path)).durationMs >= 400);
  const file = await readFile(path);
  const info = parseWav(file);
  assert.equal(file.readUInt32LE(40), info.dataBytes);
  assert.ok(toneLevelDbm0(wavChannel(file, info, 0).subarray(-1600), 400) > -13);
});

test("the end of a playback is told after its id is known, however late the server is", async () => {
  await using bed = await mediaBed();
  const { leg } = await bed.offered("short");
  let known = "";
  const ended = Promise.withResolvers<[told: string, known: string]>();
  bed.pool.on((event) => {
    if (event.type === "playback-ended") ended.resolve([event.playbackId, known]);
  });
  void leg.play({ silenceMs: 20 }).then((id) => (known = id));
  // Its reply and its end wait to be read together.
  const busyUntil = performance.now() + 500;
  while (performance.now() < busyUntil);
  const [told, before] = await ended.promise;
  assert.equal(before, told);
});

test("a spare process that was waiting takes the dead one's place, and another begins to wait", async () => {
  await using bed = await mediaBed({ spareAfterMs: 0 });
  await bed.until(() => mediaProcesses(spareTitle).length === 1);
  const [spare] = mediaProcesses(spareTitle);
  await bed.offered("a");
  const [dead] = bed.pool.status();
  process.kill(dead!.pid, "SIGKILL");
  await bed.event("leg-lost");
  const next = await bed.offered("b");
  assert.equal(bed.pool.status()[0]!.pid, spare);
  next.peer.start();
  await bed.event("first-packet", "b");
  await bed.until(() => mediaProcesses(spareTitle).length === 1);
});

test("a disk that fills ends the recording with its error; what was written plays, the call goes on", async () => {
  await using dir = await folder();
  await using bed = await mediaBed();
  const party = await bed.offered("a");
  party.peer.sendTone(400).start();
  // A limit on file size fails a write as a full disk does, and needs no rights.
  execFileSync("prlimit", ["--pid", String(bed.pool.status()[0]!.pid), "--fsize=30000"]);
  const path = dir.path("full.wav");
  await party.leg.startRecording("r", path);
  const { result } = await bed.event("recording-ended");
  assert.equal(result.ok, false);
  assert.match(result.error ?? "", /EFBIG|ENOSPC/);
  const file = await readFile(path);
  assert.equal(file.length, result.bytes);
  const info = parseWav(file);
  assert.ok(info.dataBytes > 10_000 && toneLevelDbm0(wavChannel(file, info, 0).subarray(-1600), 400) > -13);
  const from = party.peer.received.length;
  await bed.until(() => party.peer.received.length > from + 10);

  await party.leg.startRecording("r2", "/proc/cannot/be.wav");
  await bed.until(() =>
    bed.events.some((e) => e.type === "recording-ended" && e.result.recordingId === "r2"),
  );
  await party.leg.startRecording("r3", "/dev/full");
  await bed.until(() => bed.events.filter((e) => e.type === "recording-ended" && !e.result.ok).length === 3);
});

test("a media process whose parent is killed closes its recordings and goes", async () => {
  await using dir = await folder();
  const path = dir.path("orphan.wav");
  const script = `
    import { mediaBed } from ${JSON.stringify(new URL("../kit/media-bed.ts", import.meta.url).href)};
    const bed = await mediaBed();
    const party = await bed.offered("a");
    party.peer.sendTone(400).start();
    await party.leg.startRecording("r", ${JSON.stringify(path)});
    console.log(bed.pool.status()[0].pid);
  `;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  await until("it records", async () => (await sizeOf(path)) > 16_000);
  parent.kill("SIGKILL");
  await until("it goes", () => !isRunning(pid));
  const file = await readFile(path);
  assert.equal(file.readUInt32LE(40), file.length - 44, "the header was finished");
});

test("a pool that is closed leaves no process, and finishes what it recorded", async () => {
  await using dir = await folder();
  const path = dir.path("closed.wav");
  const pids: number[] = [];
  {
    await using bed = await mediaBed({ processes: 2 });
    pids.push(...bed.pool.status().map((s) => s.pid));
    const party = await bed.offered("a");
    party.peer.start();
    await party.leg.startRecording("r", path);
    await bed.until(() => party.peer.received.length > 20);
  }
  assert.deepEqual(pids.map(isRunning), [false, false]);
  const file = await readFile(path);
  assert.equal(file.readUInt32LE(40), file.length - 44);
});

test("a taken WebRTC port and a used-up RTP range are told, and cost no other leg", async () => {
  const taken = createSocket("udp4").unref();
  taken.bind(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address();
  await using bed = await mediaBed({ webrtcPort: port, rtpPorts: { min: 41_000, max: 41_003 } });
  const browser = { legId: "browser", kind: "webrtc", affinity: "bed" } as const;
  await assert.rejects(bed.pool.createLeg(browser), { code: "webrtc-port-taken", status: 503 });
  const [a] = [await bed.offered("a"), await bed.offered("b")];
  await assert.rejects(bed.pool.createLeg({ legId: "c", kind: "rtp", affinity: "bed" }), {
    code: "no-rtp-port",
  });
  a.leg.close();
  await bed.offered("c");
  taken.close();
  await once(taken, "close");
  assert.match(await (await bed.pool.createLeg(browser)).offer(), new RegExp(`127.0.0.1 ${port} typ host`));
});
