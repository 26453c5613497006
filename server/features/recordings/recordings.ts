/**
 * Recordings of calls: a file per call under the recordings folder by day, a row from the moment it starts, and
 * an end that is always told: done, recovered after a crash, or failed with its reason.
 */
import { mkdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import type { Database, Tx } from "../../kernel/db.ts";
import { reasonOf } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { type FinishedRecording, finishRecording, insertRecording, openRecordings } from "./queries.ts";
import { sha256Of } from "./sha256-of.ts";

/** What the switch told about the end of a recording. */
export interface RecordingEnd {
  recordingId: string;
  path: string;
  durationMs: number;
  bytes: number;
  ok: boolean;
  error?: string;
}

/** Repairs a file that a crash cut off; injected, because features do not see media. */
export type RepairRecording = (path: string) => Promise<{ durationMs: number; bytes: number }>;

export interface Recordings {
  /** A new recording's id and absolute path, its folder made. */
  prepare(at: number): { recordingId: string; path: string };
  /** The row; with its end, where the file could not be written and that was told first. */
  begin(tx: Tx, recording: { recordingId: string; path: string; callId: string; at: number }): Promise<void>;
  /** Checks size and digest of what was written. Never throws: a failure is a verdict, too. */
  examine(end: RecordingEnd): Promise<FinishedRecording>;
  /** Writes the verdict down. */
  finish(tx: Tx, recordingId: string, verdict: FinishedRecording): Promise<void>;
  /** What a crash left open, or one of it, is repaired or failed, each with its reason. Returns how many. */
  recover(recordingId?: string): Promise<number>;
  absolutePath(path: string): string;
}

/** Done, or failed with its reason: what stands on the disk is what was written. */
async function verdictOf(end: RecordingEnd): Promise<FinishedRecording> {
  const failed = (error: string) => ({
    state: "failed" as const,
    durationMs: end.durationMs,
    bytes: end.bytes,
    sha256: null,
    error,
  });
  if (!end.ok) return failed(end.error ?? "The recording ended with an error.");
  try {
    const { size } = await stat(end.path);
    if (size !== end.bytes) return failed(`The file has ${size} bytes, ${end.bytes} were written.`);
    return {
      state: "done" as const,
      durationMs: end.durationMs,
      bytes: size,
      sha256: await sha256Of(end.path),
      error: null,
    };
  } catch (error) {
    return failed(reasonOf(error));
  }
}

export function createRecordings(deps: {
  database: Database;
  folder: string;
  repair: RepairRecording;
  log: Log;
}): Recordings {
  const { database, folder, repair, log } = deps;
  const made = new Set<string>();
  /** Ends of recordings that have no row yet, the newest last; few of them never get one. */
  const ended = new Map<string, FinishedRecording>();
  const mostEnded = 100;

  function folderOf(day: string): string {
    const path = join(folder, ...day.split("-"));
    if (!made.has(path)) {
      made.add(path);
      // The leg may be answered before this is done only in theory: a call takes longer to ring.
      mkdir(path, { recursive: true }).catch((error: unknown) => {
        made.delete(path);
        log.error({ err: error, path }, "recordings folder cannot be made");
      });
    }
    return path;
  }

  const absolutePath = (path: string) => (isAbsolute(path) ? path : join(folder, path));

  return {
    prepare(at) {
      const recordingId = newId(at);
      const day = new Date(at).toISOString().slice(0, 10);
      return { recordingId, path: join(folderOf(day), `${recordingId}.wav`) };
    },
    async begin(tx, { recordingId, path, callId, at }) {
      const startedAt = new Date(at);
      await insertRecording(tx, { id: recordingId, callId, path: relative(folder, path), startedAt });
      const end = ended.get(recordingId);
      if (end) await finishRecording(tx, recordingId, end);
    },
    async examine(end) {
      const verdict = await verdictOf(end);
      if (verdict.error)
        log.error({ recordingId: end.recordingId, error: verdict.error }, "recording failed");
      return verdict;
    },
    async finish(tx, recordingId, verdict) {
      if (await finishRecording(tx, recordingId, verdict)) return;
      ended.set(recordingId, verdict);
      const [oldest] = ended.keys();
      if (ended.size > mostEnded) ended.delete(oldest!);
    },
    async recover(recordingId) {
      const all = await openRecordings(database.db);
      const open = all.filter((row) => recordingId === undefined || row.id === recordingId);
      for (const row of open) {
        const path = absolutePath(row.path);
        await mkdir(dirname(path), { recursive: true });
        const end = await repair(path).then(
          async ({ durationMs, bytes }) => ({
            state: "recovered" as const,
            durationMs,
            bytes,
            sha256: await sha256Of(path),
            error: null,
          }),
          (error: unknown) => ({
            state: "failed" as const,
            durationMs: null,
            bytes: null,
            sha256: null,
            error: reasonOf(error),
          }),
        );
        await database.transact((tx) => finishRecording(tx, row.id, end));
        log.warn(
          { recordingId: row.id, callId: row.call_id, state: end.state, error: end.error },
          "recording",
        );
      }
      return open.length;
    },
    absolutePath,
  };
}
