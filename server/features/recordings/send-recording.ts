import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { recordAudit } from "../audit/index.ts";
import type { RecordingArchiver } from "./archive.ts";
import { byteRange } from "./byte-range.ts";
import { findRecording } from "./queries.ts";
import type { Recordings } from "./recordings.ts";
import { restored } from "./restore.ts";

const contentTypes = { wav: "audio/wav", ogg: "audio/ogg; codecs=opus" } as const;

/** As much of an answer as it takes; Fastify's. */
interface Reply {
  header(name: string, value: string | number): Reply;
  code(status: number): Reply;
  send(body?: unknown): unknown;
}

/**
 * Answers with a recording's sound, or the part of it that is asked for, and writes into the audit log who listens. Whoever
 * calls this has made sure that they may. Errors: `not-found`, `recording-not-archived`, `recording-missing` 404.
 */
export type SendRecording = (
  asked: { id: string; actor: Principal; range: string | undefined; format?: "wav" | "ogg" },
  reply: Reply,
) => Promise<unknown>;

export function createSendRecording({
  database,
  recordings,
  archiver,
  clock,
}: {
  database: Database;
  recordings: Recordings;
  archiver: RecordingArchiver;
  clock: Clock;
}): SendRecording {
  /** One line in the audit log for a listening, not for each piece of it that a player asks for. */
  async function audit(actor: Principal, found: { id: string; call_id: string }): Promise<void> {
    await database.transact((tx) =>
      recordAudit(tx, {
        actor,
        at: new Date(clock.now()),
        action: "recording.listened",
        noun: "recording",
        nounId: found.id,
        detail: { callId: found.call_id },
      }),
    );
  }

  return async ({ id, actor, ...asked }, reply) => {
    const found = await findRecording(database.db, id);
    if (!found) throw notFound("recording", id);
    const format = asked.format ?? (found.original_deleted_at ? "ogg" : "wav");
    reply.header("content-type", contentTypes[format]);
    if (format === "wav" && found.original_deleted_at && found.archive_path) {
      await audit(actor, found);
      reply.header("cache-control", "private, no-store");
      return reply.send((await restored({ recordings, archiver }, found.archive_path)).createReadStream());
    }
    const stored = format === "wav" ? found.path : found.archive_path;
    if (!stored)
      throw new AppError("recording-not-archived", 404, "There is no archive of this recording yet.");
    const path = recordings.absolutePath(stored);
    const size = await stat(path).then(
      (file) => file.size,
      () => {
        throw new AppError("recording-missing", 404, "The recording's file is not there.");
      },
    );
    const range = byteRange(asked.range, size);
    reply.header("accept-ranges", "bytes").header("cache-control", "private, no-store");
    if (range === "unsatisfiable") return reply.code(416).header("content-range", `bytes */${size}`).send();
    const { first, last } = range === "all" ? { first: 0, last: size - 1 } : range;
    if (first === 0) await audit(actor, found);
    reply.header("content-length", last - first + 1);
    if (range !== "all") reply.code(206).header("content-range", `bytes ${first}-${last}/${size}`);
    return reply.send(createReadStream(path, { start: first, end: last }));
  };
}
