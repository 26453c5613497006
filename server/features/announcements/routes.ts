import { readFile } from "node:fs/promises";
import { z } from "zod";
import {
  announcementChange,
  announcementFromCall,
  announcementRow,
  announcementTrial,
  announcementUpload,
  earlyMediaRow,
} from "../../../shared/announcements.ts";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { uploadedFile } from "../../kernel/http/uploaded-file.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import type { AnnouncementAudio } from "./audio.ts";
import type { EarlyMedia } from "./early-media.ts";
import {
  announcementAudio,
  announcementNameTaken,
  deleteAnnouncement,
  findAnnouncement,
  findEarlyMedia,
  insertAnnouncement,
  listAnnouncements,
  listEarlyMedia,
  trainedAnnouncements,
  updateAnnouncement,
} from "./queries.ts";
import "./events.ts";

export interface AnnouncementRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
  audio: AnnouncementAudio;
  earlyMedia: EarlyMedia;
  /** What a tone means; null: nothing. */
  causeOfTone: (tone: { tone: string }) => string | null;
}

const see = { allow: "trunks.see" } as const;
const manage = { allow: "trunks.manage" } as const;
const tags = { tags: ["announcements"] };
const callParam = z.object({ callId: z.string().max(60) });
const maxFileBytes = 20 * 2 ** 20;

export function announcementRoutes(app: HttpApp, parts: AnnouncementRouteParts): void {
  readRoutes(app, parts);
  trialRoutes(app, parts);
  trainRoutes(app, parts);
  changeRoutes(app, parts);
}

async function earlyMediaFile(
  { database, earlyMedia }: AnnouncementRouteParts,
  callId: string,
): Promise<Buffer> {
  if ((await findEarlyMedia(database.db, callId)) === undefined) throw notFound("early-media", callId);
  return readFile(earlyMedia.pathOf(callId)).catch(() => {
    throw notFound("early-media", callId);
  });
}

function readRoutes(app: HttpApp, parts: AnnouncementRouteParts): void {
  const { database } = parts;
  app.get(
    "/api/v1/announcements",
    { config: see, schema: { ...tags, response: { 200: pageOf(announcementRow) } } },
    async () => onePage(await listAnnouncements(database.db)),
  );
  app.get(
    "/api/v1/announcements/:id/audio",
    { config: see, schema: { ...tags, params: idParam, response: {} } },
    async ({ params }, reply) => {
      const audio = await announcementAudio(database.db, params.id);
      if (!audio) throw notFound("announcement", params.id);
      return reply.header("content-type", "audio/wav").send(audio);
    },
  );
  app.get(
    "/api/v1/early-media",
    { config: manage, schema: { ...tags, response: { 200: pageOf(earlyMediaRow) } } },
    async (request) =>
      onePage(await listEarlyMedia(database.db, principalOf(request).permissions.has("phones.see"))),
  );
  app.get(
    "/api/v1/early-media/:callId/audio",
    { config: manage, schema: { ...tags, params: callParam, response: {} } },
    async ({ params }, reply) =>
      reply.header("content-type", "audio/wav").send(await earlyMediaFile(parts, params.callId)),
  );
}

function trialRoutes(app: HttpApp, parts: AnnouncementRouteParts): void {
  const { database, audio } = parts;
  async function trial(file: Buffer): Promise<z.infer<typeof announcementTrial>> {
    const { defaultCountry } = await readSettings(database.db);
    const rows = await listAnnouncements(database.db);
    const heard = audio.listenTo(file, defaultCountry, await trainedAnnouncements(database.db));
    return {
      tones: heard.tones.map((tone) => ({
        tone: tone.tone,
        atMs: tone.atMs,
        levelDbm0: tone.levelDbm0,
        cause: parts.causeOfTone(tone),
      })),
      announcements: heard.announcements.flatMap(({ id, atMs, errorRate }) => {
        const row = rows.find((r) => r.id === id);
        return row ? [{ id, name: row.name, cause: row.cause, atMs, errorRate }] : [];
      }),
    };
  }
  app.post(
    "/api/v1/announcements/try",
    { config: manage, schema: { ...tags, response: { 200: announcementTrial } } },
    async (request) => trial((await uploadedFile(request, maxFileBytes)).bytes),
  );
  app.get(
    "/api/v1/early-media/:callId/try",
    { config: manage, schema: { ...tags, params: callParam, response: { 200: announcementTrial } } },
    async ({ params }) => trial(await earlyMediaFile(parts, params.callId)),
  );
}

type Training = ReturnType<AnnouncementAudio["trainingOf"]>;

function trainRoutes(app: HttpApp, parts: AnnouncementRouteParts): void {
  const { database, clock, events, audio } = parts;
  async function train(
    actor: Principal,
    { name, cause }: z.infer<typeof announcementUpload>,
    training: Training,
    source: Record<string, unknown>,
  ) {
    const made = await database.transact(async (tx) => {
      await checkName(tx, name);
      const at = new Date(clock.now());
      const id = await insertAnnouncement(tx, { name, cause, ...training, userId: actor.userId, at });
      const detail = { name, cause, durationMs: training.durationMs, ...source };
      await recordAudit(tx, {
        actor,
        at,
        action: "announcement.trained",
        noun: "announcement",
        nounId: id,
        detail,
      });
      return (await findAnnouncement(tx, id))!;
    });
    events.publish("announcements.changed", { announcementId: made.id });
    return made;
  }
  app.post(
    "/api/v1/announcements",
    {
      config: manage,
      schema: {
        ...tags,
        summary: "Train an announcement from a WAV file (multipart/form-data, one file)",
        querystring: announcementUpload,
        response: { 201: announcementRow },
      },
    },
    async (request, reply) => {
      const training = audio.trainingOf((await uploadedFile(request, maxFileBytes)).bytes);
      return reply.code(201).send(await train(principalOf(request), request.query, training, {}));
    },
  );
  app.post(
    "/api/v1/announcements/from-call",
    { config: manage, schema: { ...tags, body: announcementFromCall, response: { 201: announcementRow } } },
    async (request, reply) => {
      const { callId, span } = request.body;
      const training = audio.trainingOf(await earlyMediaFile(parts, callId), span);
      return reply.code(201).send(await train(principalOf(request), request.body, training, { callId }));
    },
  );
}

async function checkName(tx: Tx, name: string, exceptId?: number): Promise<void> {
  if (await announcementNameTaken(tx, name, exceptId))
    throw conflict("announcement-name-taken", `An announcement is called ${name} already.`, { name });
}

function changeRoutes(app: HttpApp, { database, clock, events }: AnnouncementRouteParts): void {
  app.put(
    "/api/v1/announcements/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: announcementChange, response: { 200: announcementRow } },
    },
    async (request) => {
      const { id } = request.params;
      const changed = await database.transact(async (tx) => {
        if (!(await findAnnouncement(tx, id))) throw notFound("announcement", id);
        await checkName(tx, request.body.name, id);
        await updateAnnouncement(tx, id, request.body);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: new Date(clock.now()),
          action: "announcement.changed",
          noun: "announcement",
          nounId: id,
          detail: request.body,
        });
        return (await findAnnouncement(tx, id))!;
      });
      events.publish("announcements.changed", { announcementId: id });
      return changed;
    },
  );
  app.delete(
    "/api/v1/announcements/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const found = await findAnnouncement(tx, id);
        if (!found) throw notFound("announcement", id);
        await deleteAnnouncement(tx, id);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: new Date(clock.now()),
          action: "announcement.deleted",
          noun: "announcement",
          nounId: id,
          detail: { name: found.name },
        });
      });
      events.publish("announcements.changed", { announcementId: id });
      return reply.code(204).send(undefined);
    },
  );
}
