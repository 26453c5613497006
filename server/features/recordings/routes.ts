import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { open, rm, stat } from "node:fs/promises";
import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, forbidden, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { newId } from "../../kernel/ids.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { visibleUserIds } from "../users/index.ts";
import type { RecordingArchiver } from "./archive.ts";
import { byteRange } from "./byte-range.ts";
import { findRecording } from "./queries.ts";
import type { Recordings } from "./recordings.ts";

const contentTypes = { wav: "audio/wav", ogg: "audio/ogg; codecs=opus" } as const;

type Found = NonNullable<Awaited<ReturnType<typeof findRecording>>>;

/** Listening is for who may, and only to the calls of people they see; agents hear their own. */
async function checkMayListen(database: Database, principal: Principal, found: Found): Promise<void> {
  if (found.agent_user_id === principal.userId) return;
  if (!principal.permissions.has("recordings.listen")) throw forbidden("You may hear your own calls only.");
  const visible = await visibleUserIds(database.db, principal);
  if (visible === "all" || (found.agent_user_id !== null && visible.includes(found.agent_user_id))) return;
  throw forbidden("This call is of somebody outside of your unit.");
}

export function recordingRoutes(
  app: HttpApp,
  {
    database,
    recordings,
    archiver,
    clock,
  }: { database: Database; recordings: Recordings; archiver: RecordingArchiver; clock: Clock },
): void {
  /** The WAV of an archive; its file has no name any more when it is read. */
  async function restored(archivePath: string): Promise<Readable> {
    const path = recordings.absolutePath(`${newId()}.restored.wav`);
    try {
      await archiver.restore(recordings.absolutePath(archivePath), path);
      const file = await open(path);
      return file.createReadStream();
    } finally {
      await rm(path, { force: true });
    }
  }

  /** One line in the audit log for a listening, not for each piece of it that a player asks for. */
  async function audit(actor: Principal, found: Found): Promise<void> {
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

  app.get(
    "/api/v1/recordings/:id/audio",
    {
      config: { allow: "calls.see" },
      schema: {
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ format: z.enum(["wav", "ogg"]).optional() }),
        response: {},
      },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const found = await findRecording(database.db, request.params.id);
      if (!found) throw notFound("recording", request.params.id);
      await checkMayListen(database, actor, found);
      const format = request.query.format ?? (found.original_deleted_at ? "ogg" : "wav");
      reply.header("content-type", contentTypes[format]);
      if (format === "wav" && found.original_deleted_at && found.archive_path) {
        await audit(actor, found);
        reply.header("cache-control", "private, no-store");
        return reply.send(await restored(found.archive_path));
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
      const range = byteRange(request.headers.range, size);
      reply.header("accept-ranges", "bytes").header("cache-control", "private, no-store");
      if (range === "unsatisfiable") return reply.code(416).header("content-range", `bytes */${size}`).send();
      const { first, last } = range === "all" ? { first: 0, last: size - 1 } : range;
      if (first === 0) await audit(actor, found);
      reply.header("content-length", last - first + 1);
      if (range !== "all") reply.code(206).header("content-range", `bytes ${first}-${last}/${size}`);
      return reply.send(createReadStream(path, { start: first, end: last }));
    },
  );
}
