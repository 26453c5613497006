import {
  speechGaps,
  speechHeard,
  type SpeechInput,
  speechInput,
  speechModels,
  speechState,
  speechTrial,
} from "../../../shared/speech.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, invalid } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { readSpeech, type StoredSpeech, writeSpeech } from "./queries.ts";
import { localModels } from "./sherpa-models.ts";
import { type Speech, synthesizerOf } from "./speech.ts";

export interface SpeechRouteParts {
  database: Database;
  clock: Clock;
  speech: Speech;
  toSound: (file: Buffer) => { wav: Buffer };
}

const manage = { allow: "settings.manage" } as const;
const tags = { tags: ["speech"] };

/** Errors: `speech-incomplete` 422 with the fields that are missing. */
function demandWhole(input: SpeechInput): void {
  const fields = speechGaps(input);
  if (fields.length > 0) throw invalid("speech-incomplete", "Fill in what the service needs.", { fields });
}

const shown = ({ config, apiKey }: StoredSpeech) => ({ ...config, hasKey: apiKey !== null });

export function speechRoutes(app: HttpApp, { database, clock, speech, toSound }: SpeechRouteParts): void {
  /** A configuration as it would be after saving it. */
  async function tried({ apiKey, ...config }: SpeechInput): Promise<StoredSpeech> {
    return { config, apiKey: apiKey === undefined ? (await readSpeech(database.db)).apiKey : apiKey };
  }

  app.get(
    "/api/v1/speech",
    { config: manage, schema: { ...tags, response: { 200: speechState } } },
    async () => shown(await readSpeech(database.db)),
  );
  app.get(
    "/api/v1/speech/models",
    { config: manage, schema: { ...tags, response: { 200: speechModels } } },
    async () => ({ folder: speech.modelsFolder, items: await localModels(speech.modelsFolder) }),
  );
  app.put(
    "/api/v1/speech",
    { config: manage, schema: { ...tags, body: speechInput, response: { 200: speechState } } },
    async (request) => {
      const { body } = request;
      demandWhole(body);
      const actor = principalOf(request);
      const at = new Date(clock.now());
      const { apiKey, ...config } = body;
      const now = await database.transact(async (tx) => {
        await writeSpeech(tx, body, { at, userId: actor.userId });
        const detail = { ...config, keyChanged: apiKey !== undefined };
        await recordAudit(tx, { actor, at, action: "speech.changed", noun: "speech", detail });
        return readSpeech(tx);
      });
      await speech.start();
      return shown(now);
    },
  );
  app.post(
    "/api/v1/speech/listen",
    { config: manage, schema: { ...tags, body: speechTrial, response: {} } },
    async ({ body: { text, language, ...input } }, reply) => {
      demandWhole(input);
      const { wav } = toSound(await synthesizerOf(await tried(input)).synthesize(text, language));
      return reply.header("content-type", "audio/wav").send(wav);
    },
  );
  app.post(
    "/api/v1/speech/transcribe",
    { config: manage, schema: { ...tags, body: speechTrial, response: { 200: speechHeard } } },
    async ({ body: { text, language, ...input } }) => {
      demandWhole(input);
      const stored = await tried(input);
      const recognizer = speech.recognizerOf(stored);
      if (!recognizer) throw conflict("no-recognizer", "No recogniser is chosen.");
      const { wav } = toSound(await synthesizerOf(stored).synthesize(text, language));
      try {
        return await recognizer.transcribe(wav, language);
      } finally {
        recognizer[Symbol.dispose]?.();
      }
    },
  );
}
