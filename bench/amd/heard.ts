/**
 * What the classifier hears of each clip, frame by frame, made once: speech takes long to synthesise. Kept in the folder of
 * temporary files under a name that changes with the sources.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnswerFeatures, featureCount } from "../../server/media/answer-features.ts";
import { AnswerSound, bandCount, type HeardFrame } from "../../server/media/answer-sound.ts";
import { frameMs, frameSamples } from "../../server/media/frame.ts";
import { type Clip, type Label, type Language, makeClip } from "./clips.ts";
import type { Part } from "./texts.ts";

/** Of each clip its first 3.5 s. */
const frameCount = 175;
const frameValues = 7 + bandCount;
const clipValues = frameCount * frameValues;
const shardClips = 1000;

interface Meta {
  label: Label;
  kind: Clip["kind"];
  language: Language;
  frames: number;
}

interface Shard {
  clips: Meta[];
  values: Float32Array;
}

const sources = [
  ..."clips compose compose-more texts texts-acceptance voices shape speak"
    .split(" ")
    .map((name) => `./${name}.ts`),
  "../../server/media/answer-sound.ts",
];

async function versionOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(await readFile(new URL(source, import.meta.url)));
  return hash.digest("hex").slice(0, 16);
}

async function hear(part: Part, from: number): Promise<Shard> {
  const values = new Float32Array(shardClips * clipValues);
  const clips: Meta[] = [];
  for (let i = 0; i < shardClips; i++) {
    const { samples, label, kind, language } = await makeClip(part, from + i, frameCount * frameMs + 100);
    const sound = new AnswerSound();
    const frames = Math.min(frameCount, Math.floor(samples.length / frameSamples));
    for (let frame = 0; frame < frames; frame++) {
      sound.push(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples));
      const { dbm0, floorDbm0, isSpeech, isLoud, flux, pitchHz, voicing, shape } = sound;
      values.set(
        [dbm0, floorDbm0, Number(isSpeech), Number(isLoud), flux, pitchHz, voicing, ...shape],
        i * clipValues + frame * frameValues,
      );
    }
    clips.push({ label, kind, language, frames });
  }
  return { clips, values };
}

async function shardOf(part: Part, from: number): Promise<Shard> {
  const folder = join(tmpdir(), "waihu-amd-heard", await versionOfSources());
  const path = join(folder, `${part}-${from}`);
  const kept = await readFile(`${path}.json`, "utf8").catch(() => undefined);
  if (kept !== undefined) {
    const bytes = await readFile(`${path}.bin`);
    return {
      clips: JSON.parse(kept) as Meta[],
      values: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
    };
  }
  await mkdir(folder, { recursive: true });
  const shard = await hear(part, from);
  await writeFile(`${path}.bin`, new Uint8Array(shard.values.buffer));
  await writeFile(`${path}.json`, JSON.stringify(shard.clips));
  console.log(`heard ${part} ${from} to ${from + shardClips}`);
  return shard;
}

function frameAt(values: Float32Array, offset: number): HeardFrame {
  const at = (i: number) => values[offset + i]!;
  return {
    dbm0: at(0),
    floorDbm0: at(1),
    isSpeech: at(2) === 1,
    isLoud: at(3) === 1,
    flux: at(4),
    pitchHz: at(5),
    voicing: at(6),
    shape: values.subarray(offset + 7, offset + frameValues),
  };
}

export interface Example extends Omit<Meta, "frames"> {
  /** Features at each of the moments that came within the clip, one row after another. None: nobody spoke in time. */
  rows: Float64Array;
}

/** Clips of a part, faxes left out, each with its features at these moments (ms since the first sound). */
export async function examplesOf(
  part: Part,
  count: number,
  momentsMs: readonly number[],
  silenceMs: number,
): Promise<Example[]> {
  const examples: Example[] = [];
  for (let from = 0; from < count; from += shardClips) {
    const { clips, values } = await shardOf(part, from);
    clips.slice(0, count - from).forEach(({ frames, ...clip }, i) => {
      if (clip.label === "fax") return;
      const features = new AnswerFeatures();
      const rows = new Float64Array(momentsMs.length * featureCount);
      let row = 0;
      for (let frame = 0; frame < frames && row < momentsMs.length; frame++) {
        features.push(frameAt(values, i * clipValues + frame * frameValues));
        const { atMs, firstSpeechMs } = features;
        if (firstSpeechMs < 0 && atMs >= silenceMs) break;
        if (firstSpeechMs < 0 || atMs - firstSpeechMs < momentsMs[row]!) continue;
        features.fill(rows.subarray(row * featureCount, (row + 1) * featureCount));
        row++;
      }
      examples.push({ ...clip, rows: rows.subarray(0, row * featureCount) });
    });
  }
  return examples;
}
