import { readFileSync, readdirSync } from "node:fs";
import { dbm0ToAmplitude, frameSamples, sampleRate } from "../../server/media/frame.ts";
import type { Signal } from "../../server/media/tone-plans.ts";
import { renderSignal } from "../../server/media/tones.ts";
import { type Codec, encode, silenceByte, transcodeInPlace } from "../../server/media/g711.ts";

/** Audio ready to send: payloads of 20 ms in both laws, made once and shared by all calls. */
export interface Clip {
  readonly frames: Readonly<Record<Codec, readonly Buffer[]>>;
  readonly durationMs: number;
}

const folder = new URL("./audio/", import.meta.url);

function cut(bytes: Buffer, codec: Codec): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += frameSamples) {
    const frame = Buffer.alloc(frameSamples, silenceByte[codec]);
    bytes.copy(frame, 0, at);
    frames.push(frame);
  }
  return frames;
}

function clipOf(alaw: Buffer): Clip {
  const mulaw = Buffer.from(alaw);
  transcodeInPlace("PCMU", mulaw);
  const frames = { PCMA: cut(alaw, "PCMA"), PCMU: cut(mulaw, "PCMU") };
  return { frames, durationMs: frames.PCMA.length * 20 };
}

/** The samples of an A-law WAV: our own files, so only the chunk walk of RIFF is needed. */
function dataOf(wav: Buffer): Buffer {
  let at = 12;
  while (wav.toString("latin1", at, at + 4) !== "data") at += 8 + wav.readUInt32LE(at + 4);
  return wav.subarray(at + 8, at + 8 + wav.readUInt32LE(at + 4));
}

/** Every clip of `audio/` by its file name without the ending. */
export function loadClips(): ReadonlyMap<string, Clip> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".wav"));
  return new Map(
    names.map((name) => [name.slice(0, -4), clipOf(dataOf(readFileSync(new URL(name, folder))))]),
  );
}

const tones = new Map<string, Clip>();

/** One round of a signal as the Chinese network sounds it. */
export function signalClip(signal: Signal): Clip {
  const known = tones.get(signal);
  if (known) return known;
  const samples = renderSignal("CN", signal);
  const alaw = Buffer.alloc(samples.length);
  encode("PCMA", samples, alaw);
  const clip = clipOf(alaw);
  tones.set(signal, clip);
  return clip;
}

const dtmfRows = [697, 770, 852, 941];
const dtmfColumns = [1209, 1336, 1477, 1633];
const dtmfKeys = ["123A", "456B", "789C", "*0#D"];

/** Keys as tones (ITU-T Q.23): 80 ms each, 80 ms of silence after it. */
export function keyClip(keys: string): Clip {
  const spanSamples = 0.08 * sampleRate;
  const amplitude = dbm0ToAmplitude(-13);
  const samples = new Int16Array(keys.length * 2 * spanSamples);
  for (const [index, key] of keys.split("").entries()) {
    const row = dtmfKeys.findIndex((line) => line.includes(key));
    const tones = [dtmfRows[row]!, dtmfColumns[dtmfKeys[row]!.indexOf(key)]!];
    for (let i = 0; i < spanSamples; i++)
      samples[index * 2 * spanSamples + i] = tones.reduce(
        (sum, hz) => sum + amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate),
        0,
      );
  }
  const alaw = Buffer.alloc(samples.length);
  encode("PCMA", samples, alaw);
  return clipOf(alaw);
}

/** One second of steady tones that loops without a click (whole numbers of Hz). */
export function toneClip(frequenciesHz: readonly number[], levelDbm0 = -13): Clip {
  const key = `${frequenciesHz.join("+")}@${levelDbm0}`;
  const known = tones.get(key);
  if (known) return known;
  const amplitude = dbm0ToAmplitude(levelDbm0);
  const samples = Int16Array.from({ length: sampleRate }, (_, i) =>
    frequenciesHz.reduce((sum, hz) => sum + amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate), 0),
  );
  const alaw = Buffer.alloc(samples.length);
  encode("PCMA", samples, alaw);
  const clip = clipOf(alaw);
  tones.set(key, clip);
  return clip;
}
