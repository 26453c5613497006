import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameSamples, levelDbm0 } from "../../server/media/frame.ts";
import { decodeWav } from "../../server/media/wav.ts";
import type { Engine } from "./voices.ts";

export interface Utterance {
  /** espeak-ng when left out. */
  engine?: Exclude<Engine, "espeak-ng">;
  voice: string;
  wordsPerMinute: number;
  /** 0 to 99; some voices have one pitch only. */
  pitch: number;
  text: string;
}

const cache = join(tmpdir(), "waihu-amd-speech");

/** What a usual reader makes, to which the engines' stretching relates. */
const usualWordsPerMinute = 175;

/** Writes the text's sound to `file`. */
function commandOf({ engine, voice, wordsPerMinute, pitch, text }: Utterance, file: string): string[] {
  const stretch = (usualWordsPerMinute / wordsPerMinute).toFixed(3);
  if (engine === "flite") {
    const settings = [`duration_stretch=${stretch}`, `int_f0_target_mean=${90 + pitch}`];
    return [
      "flite",
      "-voice",
      voice,
      ...settings.flatMap((value) => ["--setf", value]),
      "-t",
      text,
      "-o",
      file,
    ];
  }
  const words = ["-eval", `(voice_${voice})`, "-eval", `(Parameter.set 'Duration_Stretch ${stretch})`];
  if (engine === "festival") return ["text2wave", "-o", file, ...words];
  return ["espeak-ng", "-v", voice, "-s", String(wordsPerMinute), "-p", String(pitch), "--stdin", "-w", file];
}

async function synthesise(utterance: Utterance, file: string): Promise<Buffer> {
  const [program, ...args] = commandOf(utterance, file);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program!, args, { stdio: ["pipe", "ignore", "ignore"] });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ${args.join(" ")} ended with ${code}`)),
    );
    // One that takes the text as an argument may have ended by now.
    child.stdin.on("error", () => undefined);
    child.stdin.end(utterance.text);
  });
  const sound = await readFile(file);
  await unlink(file);
  return sound;
}

/** Without the silence that the synthesiser puts around a text. */
function trimmed(samples: Int16Array): Int16Array {
  const frames = Math.floor(samples.length / frameSamples);
  const isLoud = (frame: number) =>
    levelDbm0(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples)) > -50;
  let from = 0;
  let to = frames;
  while (from < to && !isLoud(from)) from++;
  while (to > from && !isLoud(to - 1)) to--;
  return samples.slice(from * frameSamples, to * frameSamples);
}

const making = new Map<string, Promise<Int16Array>>();

/** 8 kHz mono. What was said once is kept in the folder of temporary files. */
export function speak(utterance: Utterance): Promise<Int16Array> {
  const name = createHash("sha256").update(JSON.stringify(utterance)).digest("hex");
  const made = making.get(name) ?? make(join(cache, `${name}.pcm`), utterance);
  making.set(name, made);
  return made;
}

async function make(path: string, utterance: Utterance): Promise<Int16Array> {
  const kept = await readFile(path).catch(() => undefined);
  if (kept) return new Int16Array(kept.buffer.slice(kept.byteOffset, kept.byteOffset + kept.byteLength));
  await mkdir(cache, { recursive: true });
  const samples = trimmed(decodeWav(await synthesise(utterance, `${path}.${process.pid}.wav`)));
  await writeFile(`${path}.${process.pid}`, new Uint8Array(samples.buffer));
  await rename(`${path}.${process.pid}`, path);
  return samples;
}
