import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameSamples, levelDbm0 } from "../../server/media/frame.ts";
import { decodeWav } from "../../server/media/wav.ts";

export interface Utterance {
  voice: string;
  wordsPerMinute: number;
  /** 0 to 99. */
  pitch: number;
  text: string;
}

const cache = join(tmpdir(), "waihu-amd-speech");

function espeak({ voice, wordsPerMinute, pitch, text }: Utterance): Promise<Buffer> {
  const args = ["-v", voice, "-s", String(wordsPerMinute), "-p", String(pitch), "--stdin", "--stdout"];
  return new Promise((resolve, reject) => {
    const child = spawn("espeak-ng", args, { stdio: ["pipe", "pipe", "inherit"] });
    const sound: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => sound.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(sound)) : reject(new Error(`espeak-ng ended with ${code}`)),
    );
    child.stdin.end(text);
  });
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
  const samples = trimmed(decodeWav(await espeak(utterance)));
  await mkdir(cache, { recursive: true });
  await writeFile(`${path}.${process.pid}`, new Uint8Array(samples.buffer));
  await rename(`${path}.${process.pid}`, path);
  return samples;
}
