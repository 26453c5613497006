import { createReadStream } from "node:fs";
import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import { soundName, soundRow } from "../../../shared/sounds.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Db, Tx } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { uploadedFile } from "../../kernel/http/uploaded-file.ts";
import { recordAudit } from "../audit/index.ts";
import type { Speech } from "../speech/index.ts";
import { demandUnused } from "../uses/index.ts";
import { deleteSound, findSound, insertSound, listSounds, nameTaken, renameSound } from "./queries.ts";
import type { SoundAudio } from "./sound-audio.ts";
import type { Sounds } from "./sounds.ts";

export interface SoundRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
  sounds: Sounds;
  speech: Speech;
  audio: SoundAudio;
}

const see = { allow: "campaigns.see" } as const;
const manage = { allow: "campaigns.manage" } as const;
const tags = { tags: ["sounds"] };
/** Twenty minutes at 8 kHz and 16 bits. */
const maxFileBytes = 60 * 2 ** 20;

async function requireSound(db: Db, id: number) {
  const found = await findSound(db, id);
  if (!found) throw notFound("sound", id);
  return found;
}

async function checkName(tx: Tx, name: string, exceptId?: number): Promise<void> {
  if (await nameTaken(tx, "sounds", name, exceptId))
    throw conflict("sound-name-taken", `A sound is called ${name} already.`, { name });
}

export function soundRoutes(app: HttpApp, { database, clock, events, sounds, audio }: SoundRouteParts): void {
  const changed = (soundId: number) => events.publish("sounds.changed", { soundId, promptId: null });
  app.get(
    "/api/v1/sounds",
    { config: see, schema: { ...tags, response: { 200: pageOf(soundRow) } } },
    async () => onePage(await listSounds(database.db)),
  );
  app.get(
    "/api/v1/sounds/:id/audio",
    { config: see, schema: { ...tags, params: idParam, response: {} } },
    async ({ params }, reply) => {
      await requireSound(database.db, params.id);
      return reply.header("content-type", "audio/wav").send(createReadStream(sounds.pathOf(params.id)));
    },
  );
  app.post(
    "/api/v1/sounds",
    {
      config: manage,
      schema: {
        ...tags,
        summary: "Upload a WAV file (multipart/form-data, one file)",
        querystring: soundName,
        response: { 201: soundRow },
      },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const { name } = request.query;
      const { wav, durationMs } = audio.toSound((await uploadedFile(request, maxFileBytes)).bytes);
      const made = await database.transact(async (tx) => {
        await checkName(tx, name);
        const id = await insertSound(tx, { name, durationMs, bytes: wav.length, userId: actor.userId });
        await sounds.store(id, wav);
        const detail = { name, durationMs };
        const at = new Date(clock.now());
        await recordAudit(tx, { actor, at, action: "sound.created", noun: "sound", nounId: id, detail });
        return requireSound(tx, id);
      });
      changed(made.id);
      return reply.code(201).send(made);
    },
  );
  app.put(
    "/api/v1/sounds/:id",
    { config: manage, schema: { ...tags, params: idParam, body: soundName, response: { 200: soundRow } } },
    async (request) => {
      const { id } = request.params;
      const { name } = request.body;
      const sound = await database.transact(async (tx) => {
        await requireSound(tx, id);
        await checkName(tx, name, id);
        await renameSound(tx, id, name);
        const at = new Date(clock.now());
        const actor = principalOf(request);
        await recordAudit(tx, {
          actor,
          at,
          action: "sound.renamed",
          noun: "sound",
          nounId: id,
          detail: { name },
        });
        return requireSound(tx, id);
      });
      changed(id);
      return sound;
    },
  );
  app.delete(
    "/api/v1/sounds/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const { name } = await requireSound(tx, id);
        await demandUnused(tx, "sound", id);
        await deleteSound(tx, id);
        const at = new Date(clock.now());
        const actor = principalOf(request);
        await recordAudit(tx, {
          actor,
          at,
          action: "sound.deleted",
          noun: "sound",
          nounId: id,
          detail: { name },
        });
      });
      await sounds.remove(id);
      changed(id);
      return reply.code(204).send(undefined);
    },
  );
}
