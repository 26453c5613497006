import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { frameSamples } from "./frame.ts";
import { Recorder } from "./recorder.ts";
import { recoverRecording } from "./recover-recording.ts";
import type { RecordingResult } from "./types.ts";
import { parseWav, wavChannel } from "./wav.ts";
import { until } from "../../test/kit/until.ts";

async function folder(): Promise<AsyncDisposable & { path(name: string): string }> {
  const path = await mkdtemp(join(tmpdir(), "waihu-rec-"));
  return {
    path: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

const left = new Int16Array(frameSamples).fill(1111);
const right = new Int16Array(frameSamples).fill(-2222);

async function record(path: string, frames: number, during?: (recorder: Recorder, frame: number) => void) {
  const ended = Promise.withResolvers<RecordingResult>();
  const recorder = new Recorder("r", path, ended.resolve);
  await recorder.start();
  for (let i = 0; i < frames; i++) {
    during?.(recorder, i);
    recorder.write(left, right);
  }
  await recorder.stop();
  return ended.promise;
}

test("left and right, to the last frame; a pause is silence of the same length", async () => {
  await using dir = await folder();
  const path = dir.path("a/b.wav");
  const result = await record(path, 33, (recorder, i) => recorder.pause(i >= 10 && i < 20));
  assert.deepEqual(result, { recordingId: "r", path, durationMs: 660, bytes: 44 + 33 * 640, ok: true });
  const file = await readFile(path);
  const info = parseWav(file);
  const [l, r] = [wavChannel(file, info, 0), wavChannel(file, info, 1)];
  assert.equal(l.length, 33 * frameSamples);
  const values = [5, 15, 32].map((frame) => [l[frame * frameSamples], r[frame * frameSamples]]);
  assert.deepEqual(values, [
    [1111, -2222],
    [0, 0],
    [1111, -2222],
  ]);
});

test("seconds that are on the disk leave nothing behind in those that follow", async () => {
  await using dir = await folder();
  const path = dir.path("seconds.wav");
  const ended = Promise.withResolvers<RecordingResult>();
  const recorder = new Recorder("r", path, ended.resolve);
  await recorder.start();
  for (let second = 0; second < 4; second++) {
    recorder.pause(second >= 2);
    for (let i = 0; i < 50; i++) recorder.write(left, right);
    await until(
      "the second is on the disk",
      async () => (await stat(path)).size === 44 + (second + 1) * 32_000,
    );
  }
  await recorder.stop();
  assert.equal((await ended.promise).durationMs, 4000);
  const file = await readFile(path);
  const samples = wavChannel(file, parseWav(file), 0);
  const halves = [samples.subarray(0, 16_000), samples.subarray(16_000)].map((half) => [...new Set(half)]);
  assert.deepEqual(halves, [[1111], [0]]);
});

test("a path that cannot be written, and one that exists, end with their error and nothing is overwritten", async () => {
  await using dir = await folder();
  await writeFile(dir.path("there"), "precious");
  for (const [path, error] of [
    [dir.path("there/below.wav"), /ENOTDIR|EEXIST/],
    [dir.path("there"), /EEXIST/],
  ] as const) {
    const result = await record(path, 5);
    assert.equal(result.ok, false);
    assert.match(result.error ?? "", error);
  }
  assert.equal(await readFile(dir.path("there"), "utf8"), "precious");
});

test("recordings that begin together make the folders of a new day together", async () => {
  await using dir = await folder();
  const results = await Promise.all(
    Array.from({ length: 30 }, (_, i) => record(dir.path(`2026/01/05/${i}.wav`), 1)),
  );
  assert.deepEqual(
    results.flatMap(({ error }) => error ?? []),
    [],
  );
});

test("a file that a crash left open plays as it is, and is repaired to the last whole sample", async () => {
  await using dir = await folder();
  const path = dir.path("crash.wav");
  const recorder = new Recorder("r", path, () => undefined);
  await recorder.start();
  for (let i = 0; i < 100; i++) recorder.write(left, right);
  // Two slices are on their way; wait until they are on the disk, as they are when a process is killed.
  while ((await readFile(path)).length < 44 + 100 * 640);
  const open = await readFile(path);
  assert.equal(wavChannel(open, parseWav(open), 1).length, 100 * frameSamples);
  await recorder.stop();

  await writeFile(path, open);
  await truncate(path, 44 + 10 * 640 + 3);
  assert.deepEqual(await recoverRecording(path), { durationMs: 200, bytes: 44 + 10 * 640 });
  const repaired = await readFile(path);
  assert.equal(repaired.readUInt32LE(40), 10 * 640);
  assert.equal(repaired.readUInt32LE(4), 36 + 10 * 640);
  assert.deepEqual(await recoverRecording(path), { durationMs: 200, bytes: 44 + 10 * 640 });
});

test("a header cut short becomes an empty recording; another's file is left alone", async () => {
  await using dir = await folder();
  const path = dir.path("short.wav");
  await writeFile(path, "RIFF");
  assert.deepEqual(await recoverRecording(path), { durationMs: 0, bytes: 44 });
  await writeFile(path, "x".repeat(100));
  await assert.rejects(recoverRecording(path), { code: "not-a-recording" });
  assert.equal(await readFile(path, "utf8"), "x".repeat(100));
});
