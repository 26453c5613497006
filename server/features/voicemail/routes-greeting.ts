import { createReadStream } from "node:fs";
import { z } from "zod";
import { idParam } from "../../../shared/common.ts";
import { boxRow } from "../../../shared/voicemail.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { uploadedFile } from "../../kernel/http/uploaded-file.ts";
import { findBox, setGreeting } from "./queries-boxes.ts";
import { demandBox, tags, use, type VoicemailRouteParts } from "./route-parts.ts";

/** Two minutes of 48 kHz, 16 bits, two channels. */
const mostBytes = 24 * 2 ** 20;
const longestMs = 120_000;

/** What callers hear before the tone: recorded in the browser, or uploaded. */
export function greetingRoutes(app: HttpApp, { database, mailboxes, toSound }: VoicemailRouteParts): void {
  const path = "/api/v1/voicemail/boxes/:id/greeting";
  app.get(
    path,
    { config: use, schema: { ...tags, params: idParam, response: {} } },
    async (request, reply) => {
      const { id, greetingMs } = await demandBox(database, principalOf(request), request.params.id);
      if (greetingMs === null) throw notFound("greeting", id);
      return reply
        .header("content-type", "audio/wav")
        .header("cache-control", "private, no-store")
        .send(createReadStream(mailboxes.greetingPath(id)));
    },
  );
  app.post(
    path,
    {
      config: use,
      schema: {
        ...tags,
        summary: "A WAV file of at most two minutes (multipart/form-data, one file)",
        params: idParam,
        response: { 200: boxRow },
      },
    },
    async (request) => {
      const { id } = await demandBox(database, principalOf(request), request.params.id);
      const { wav, durationMs } = toSound((await uploadedFile(request, mostBytes)).bytes);
      if (durationMs > longestMs)
        throw invalid("greeting-too-long", "A greeting lasts two minutes at most.", {
          seconds: longestMs / 1000,
        });
      await mailboxes.storeGreeting(id, wav);
      await database.transact((tx) => setGreeting(tx, id, durationMs));
      return (await findBox(database.db, id))!;
    },
  );
  app.delete(
    path,
    { config: use, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = await demandBox(database, principalOf(request), request.params.id);
      await database.transact((tx) => setGreeting(tx, id, null));
      await mailboxes.removeGreeting(id);
      return reply.code(204).send(undefined);
    },
  );
}
