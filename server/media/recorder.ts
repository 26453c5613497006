import { mkdir, open, type FileHandle, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { reasonOf } from "../kernel/errors.ts";
import { frameMs, frameSamples } from "./frame.ts";
import type { RecordingResult } from "./types.ts";
import { unknownSize, wavHeader, wavHeaderBytes } from "./wav.ts";

const frameBytes = frameSamples * 4;
/** A second a write. */
const sliceFrames = 50;
/**
 * Writes of all recorders of a process leave together so often: to wake the threads that write costs ten times as much
 * as the writing.
 */
const turnMs = 200;
/** A disk that lets this much wait is taken for broken: ten seconds of sound. */
const maxWaitingBytes = (10_000 / frameMs) * frameBytes;

/**
 * Writes one leg's two-channel WAV while the call runs: left what came from the party, right what the party heard,
 * 16-bit PCM at 8 kHz, 32 kB a second, a frame for every 20 ms of wall time. The header's sizes read "to the end of
 * the file" until the end writes them, so the file plays at any moment.
 */
export class Recorder {
  readonly recordingId: string;
  readonly #path: string;
  readonly #ended: (result: RecordingResult) => void;
  #file: FileHandle | undefined;
  /** Left in the low half, right in the high one. WAV is little-endian, as every machine that Node runs on. */
  #slice = new Int32Array(sliceFrames * frameSamples);
  #inSlice = 0;
  /** One that is on the disk and takes the next second. */
  #spare: Int32Array<ArrayBuffer> | undefined;
  #waiting: { slice: Int32Array<ArrayBuffer>; bytes: number }[] = [];
  #waitingBytes = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #error: string | undefined;
  #stopped = false;
  #paused = false;

  constructor(recordingId: string, path: string, ended: (result: RecordingResult) => void) {
    this.recordingId = recordingId;
    this.#path = path;
    this.#ended = ended;
  }

  /** Creates the file and its folders. A path that cannot be written ends the recording with its error. */
  async start(): Promise<void> {
    try {
      await makeFolder(dirname(this.#path));
      this.#file = await open(this.#path, "wx");
      await writeAll(this.#file, wavHeader(2, unknownSize), 0);
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** While paused, silence is written, so that time in the file stays time of the call. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  write(left: Int16Array, right: Int16Array): void {
    if (this.#stopped) return;
    const base = this.#inSlice * frameSamples;
    // Both channels in one store: a tenth of the time that two take.
    if (this.#paused) this.#slice.fill(0, base, base + frameSamples);
    else
      for (let i = 0; i < frameSamples; i++) this.#slice[base + i] = (left[i]! & 0xffff) | (right[i]! << 16);
    if (++this.#inSlice === sliceFrames) this.#flush();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#flush();
    await this.#drained();
    await this.#finish();
  }

  #flush(): void {
    if (this.#inSlice === 0) return;
    const bytes = this.#inSlice * frameBytes;
    this.#waiting.push({ slice: this.#slice, bytes });
    this.#waitingBytes += bytes;
    this.#slice = this.#spare ?? new Int32Array(sliceFrames * frameSamples);
    this.#spare = undefined;
    this.#inSlice = 0;
    if (this.#waitingBytes > maxWaitingBytes) void this.#fail(new Error("the disk is too slow"));
    else if (this.#file && !this.#stopped) inTurn(() => void this.#drained());
  }

  async #drained(): Promise<void> {
    if (this.#file) await (this.#writing ??= this.#drain(this.#file));
  }

  async #drain(file: FileHandle): Promise<void> {
    try {
      while (this.#waiting.length > 0 && this.#error === undefined) {
        const { slice, bytes } = this.#waiting.shift()!;
        const piece = Buffer.from(slice.buffer, 0, bytes);
        // Counted piece by piece: what a full disk still took is part of the recording.
        await writeAll(file, piece, wavHeaderBytes + this.#written, (count) => (this.#written += count));
        this.#waitingBytes -= bytes;
        this.#spare = slice;
      }
    } catch (error) {
      await this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#error !== undefined) return;
    this.#error = reasonOf(error);
    this.#waiting = [];
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#finish();
  }

  /** Writes the header's sizes, and compares what is on the disk with what was written. */
  async #finish(): Promise<void> {
    if (this.#file) {
      try {
        this.#written -= this.#written % 4;
        await this.#file.truncate(wavHeaderBytes + this.#written);
        await writeAll(this.#file, wavHeader(2, this.#written), 0);
        const { size } = await stat(this.#path);
        if (size !== wavHeaderBytes + this.#written) this.#error ??= `the file has ${size} bytes`;
      } catch (error) {
        this.#error ??= reasonOf(error);
      }
      await this.#file.close().catch((error: unknown) => (this.#error ??= reasonOf(error)));
    }
    this.#ended({
      recordingId: this.recordingId,
      path: this.#path,
      durationMs: Math.round(this.#written / 32),
      bytes: this.#file ? wavHeaderBytes + this.#written : 0,
      ok: this.#error === undefined,
      ...(this.#error !== undefined && { error: this.#error }),
    });
  }
}

let turn: (() => void)[] = [];

function inTurn(write: () => void): void {
  if (turn.push(write) > 1) return;
  setTimeout(() => {
    const writes = turn;
    turn = [];
    for (const each of writes) each();
  }, turnMs);
}

const isThere = (made: NodeJS.ErrnoException | void) => !made || made.code === "EEXIST";

/** `mkdir`'s own `recursive` never returns where a folder's parent exists and still refuses children, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  const make = () => mkdir(path).catch((error: NodeJS.ErrnoException) => error);
  const made = await make();
  if (isThere(made)) return;
  const parent = dirname(path);
  if (made!.code !== "ENOENT") throw made;
  // Another recording of a new day may have made it since.
  if (!(await stat(parent).catch(() => undefined))) await makeFolder(parent);
  const again = await make();
  if (!isThere(again)) throw again;
}

/** Writes every byte, or throws; `wrote` is told of each piece. */
async function writeAll(
  file: FileHandle,
  bytes: Buffer,
  position: number,
  wrote?: (count: number) => void,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
    wrote?.(bytesWritten);
  }
}
