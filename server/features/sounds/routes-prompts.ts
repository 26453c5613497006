import { z } from "zod";
import { builtInPrompts } from "../../../shared/message-flow.ts";
import { idParam, languages, onePage, pageOf } from "../../../shared/common.ts";
import { type PromptInput, promptInput, promptRow, promptTrial, voiceState } from "../../../shared/sounds.ts";
import type { Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import { demandUnused } from "../uses/index.ts";
import { builtInPrompt } from "./built-in-prompts.ts";
import {
  deletePrompt,
  findPrompt,
  insertPrompt,
  listPrompts,
  nameTaken,
  soundIds,
  updatePrompt,
} from "./queries.ts";
import type { SoundRouteParts } from "./routes.ts";

const see = { allow: "campaigns.see" } as const;
const manage = { allow: "campaigns.manage" } as const;
const tags = { tags: ["prompts"] };

/** Errors: `prompt-name-taken`; `prompt-sound-missing` when a part names a sound that is not there. */
async function check(tx: Tx, { name, parts }: PromptInput, exceptId?: number): Promise<void> {
  if (await nameTaken(tx, "prompts", name, exceptId))
    throw conflict("prompt-name-taken", `A prompt is called ${name} already.`, { name });
  const known = await soundIds(tx);
  if (parts.some((part) => part.kind === "sound" && !known.includes(part.soundId)))
    throw invalid("prompt-sound-missing", "A part plays a sound that was deleted. Choose another.");
}

export function promptRoutes(app: HttpApp, parts: SoundRouteParts): void {
  const { database, clock, events } = parts;
  app.get(
    "/api/v1/prompts",
    { config: see, schema: { ...tags, response: { 200: pageOf(promptRow) } } },
    async () => onePage(await listPrompts(database.db)),
  );

  /** One act on a prompt with its line in the audit log. */
  async function act(
    request: Parameters<typeof principalOf>[0],
    done: "created" | "changed" | "deleted",
    work: (tx: Tx) => Promise<number>,
    detail: Record<string, unknown> = {},
  ): Promise<number> {
    const id = await database.transact(async (tx) => {
      const promptId = await work(tx);
      await recordAudit(tx, {
        actor: principalOf(request),
        at: new Date(clock.now()),
        action: `prompt.${done}`,
        noun: "prompt",
        nounId: promptId,
        detail,
      });
      return promptId;
    });
    events.publish("sounds.changed", { soundId: null, promptId: id });
    return id;
  }

  app.post(
    "/api/v1/prompts",
    { config: manage, schema: { ...tags, body: promptInput, response: { 201: promptRow } } },
    async (request, reply) => {
      const { body } = request;
      const make = async (tx: Tx) => {
        await check(tx, body);
        return insertPrompt(tx, body, principalOf(request).userId);
      };
      const id = await act(request, "created", make, { ...body });
      return reply.code(201).send((await findPrompt(database.db, id))!);
    },
  );
  app.put(
    "/api/v1/prompts/:id",
    { config: manage, schema: { ...tags, params: idParam, body: promptInput, response: { 200: promptRow } } },
    async (request) => {
      const { body, params } = request;
      const change = async (tx: Tx) => {
        if (!(await findPrompt(tx, params.id))) throw notFound("prompt", params.id);
        await check(tx, body, params.id);
        await updatePrompt(tx, params.id, body);
        return params.id;
      };
      await act(request, "changed", change, { ...body });
      return (await findPrompt(database.db, params.id))!;
    },
  );
  app.delete(
    "/api/v1/prompts/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { params } = request;
      const remove = async (tx: Tx) => {
        if (!(await findPrompt(tx, params.id))) throw notFound("prompt", params.id);
        await demandUnused(tx, "prompt", params.id);
        await deletePrompt(tx, params.id);
        return params.id;
      };
      await act(request, "deleted", remove);
      return reply.code(204).send(undefined);
    },
  );
  listenRoutes(app, parts);
}

function listenRoutes(app: HttpApp, { database, sounds, speech, audio }: SoundRouteParts): void {
  app.post(
    "/api/v1/prompts/listen",
    { config: manage, schema: { ...tags, body: promptTrial, response: {} } },
    async ({ body }, reply) => {
      const wav = await audio.render(await sounds.play(body, body.variables));
      return reply.header("content-type", "audio/wav").send(wav);
    },
  );
  app.get(
    "/api/v1/prompts/:id/audio",
    {
      config: see,
      schema: { ...tags, summary: "The prompt; variables speak their names", params: idParam, response: {} },
    },
    async ({ params }, reply) => {
      const prompt = await findPrompt(database.db, params.id);
      if (!prompt) throw notFound("prompt", params.id);
      const names = Object.fromEntries(prompt.variables.map((name) => [name, name]));
      const wav = await audio.render(await sounds.play(prompt, names));
      return reply.header("content-type", "audio/wav").send(wav);
    },
  );
  app.get(
    "/api/v1/prompts/built-in/:name/audio",
    {
      config: see,
      schema: {
        ...tags,
        params: z.object({ name: z.enum(builtInPrompts) }),
        querystring: z.object({ language: z.enum(languages), key: z.string().max(1).default("") }),
        response: {},
      },
    },
    async ({ params, query }, reply) => {
      const { companyName } = await readSettings(database.db);
      const facts = { company: companyName, number: "", key: query.key };
      const prompt = builtInPrompt(params.name, query.language, facts);
      const wav = await audio.render(await sounds.play(prompt, facts));
      return reply.header("content-type", "audio/wav").send(wav);
    },
  );
  app.get("/api/v1/voice", { config: see, schema: { ...tags, response: { 200: voiceState } } }, async () =>
    speech.state(),
  );
}
