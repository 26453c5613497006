import { AppError } from "../kernel/errors.ts";
import { type Codec, decode } from "./g711.ts";
import { sampleRate } from "./frame.ts";
import { resampleFrom } from "./resample.ts";

/** WAVE format tags (RFC 2361). */
const formats: Readonly<Record<number, "pcm16" | Codec>> = { 1: "pcm16", 6: "PCMA", 7: "PCMU" };
const extensible = 0xfffe;

export const wavHeaderBytes = 44;
/** Size fields of a file that still grows; readers take them as "to the end of the file". */
export const unknownSize = 0xffff_ffff;

/** Header of a 16-bit PCM file at 8 kHz; `dataBytes` is `unknownSize` while the file grows. */
export function wavHeader(channels: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(wavHeaderBytes);
  const bytesPerFrame = channels * 2;
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(Math.min(unknownSize, dataBytes === unknownSize ? dataBytes : dataBytes + 36), 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerFrame, 28);
  header.writeUInt16LE(bytesPerFrame, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A whole file: 16-bit PCM, 8 kHz, mono. */
export const wavOf = (samples: Int16Array): Buffer =>
  Buffer.concat([
    wavHeader(1, samples.byteLength),
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  ]);

export interface WavInfo {
  format: "pcm16" | Codec;
  channels: number;
  sampleRate: number;
  dataStart: number;
  /** What is really there, if the header says more. */
  dataBytes: number;
}

function unsupported(message: string): AppError {
  return new AppError("unsupported-sound", 422, `${message} Convert it to WAV, 16-bit PCM, 8 kHz, mono.`);
}

/** Reads a RIFF/WAVE header. @throws AppError `unsupported-sound` that says what to do. */
export function parseWav(file: Buffer): WavInfo {
  if (
    file.length < 12 ||
    file.toString("latin1", 0, 4) !== "RIFF" ||
    file.toString("latin1", 8, 12) !== "WAVE"
  )
    throw unsupported("This is not a WAV file.");
  let format: Omit<WavInfo, "dataStart" | "dataBytes"> | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString("latin1", at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === "fmt " && body + 16 <= file.length) format = parseFormat(file, body, size);
    if (name === "data") {
      if (!format) throw unsupported("The WAV file has no format before its data.");
      return { ...format, dataStart: body, dataBytes: Math.min(size, file.length - body) };
    }
    at = body + size + (size & 1);
  }
  throw unsupported("The WAV file has no data.");
}

function parseFormat(file: Buffer, at: number, size: number) {
  let tag = file.readUInt16LE(at);
  if (tag === extensible && size >= 26 && at + 26 <= file.length) tag = file.readUInt16LE(at + 24);
  const bits = file.readUInt16LE(at + 14);
  const format = formats[tag];
  const channels = file.readUInt16LE(at + 2);
  if (!format || bits !== (format === "pcm16" ? 16 : 8))
    throw unsupported(`The WAV file has format ${tag} with ${bits} bits.`);
  if (channels < 1 || channels > 8) throw unsupported(`The WAV file has ${channels} channels.`);
  return { format, channels, sampleRate: file.readUInt32LE(at + 4) };
}

/** The samples of one channel. */
export function wavChannel(file: Buffer, info: WavInfo, channel: number): Int16Array {
  const bytes = info.format === "pcm16" ? 2 : 1;
  const count = Math.floor(info.dataBytes / (bytes * info.channels));
  const out = new Int16Array(count);
  if (info.format === "pcm16") {
    for (let i = 0; i < count; i++)
      out[i] = file.readInt16LE(info.dataStart + (i * info.channels + channel) * 2);
    return out;
  }
  const picked = Uint8Array.from(
    { length: count },
    (_, i) => file[info.dataStart + i * info.channels + channel]!,
  );
  decode(info.format, picked, out);
  return out;
}

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

/** A whole WAV file as 8 kHz mono; channels are averaged, other usual rates are converted. */
export function decodeWav(file: Buffer): Int16Array {
  const info = parseWav(file);
  if (!rates.includes(info.sampleRate))
    throw unsupported(`The WAV file has ${info.sampleRate} samples a second.`);
  const channels = Array.from({ length: info.channels }, (_, c) => wavChannel(file, info, c));
  return resampleFrom(info.sampleRate, channels.length === 1 ? channels[0]! : average(channels));
}

function average(channels: readonly Int16Array[]): Int16Array {
  return channels[0]!.map((_, i) => channels.reduce((sum, c) => sum + c[i]!, 0) / channels.length);
}

/** Samples as a WAV file of 16 bits, 8 kHz, mono. */
export function toWav(samples: Int16Array): Buffer {
  const body = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(1, body.length), body]);
}

/** The party's own channel of a recording, as a file of one channel. Errors: `unsupported-sound`. */
export function partyWav(recording: Buffer): Buffer {
  return toWav(wavChannel(recording, parseWav(recording), 0));
}
