/**
 * The chosen voice and the chosen recogniser. Where the chosen voice fails the built-in one speaks, for somebody waits on
 * the line; then the chosen one is left alone for a while, so that not every prompt waits for it.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import { espeakSynthesizer } from "./espeak.ts";
import { readSpeech, type StoredSpeech } from "./queries.ts";
import type { Recognizer } from "./recognizer.ts";
import { localRecognizer } from "./sherpa.ts";
import { serviceRecognizer, serviceSynthesizer } from "./service.ts";
import { openSpeechCache } from "./speech-cache.ts";
import type { Synthesizer } from "./synthesizer.ts";

/** So long a voice that failed is not asked again. */
const restMs = 30_000;

export interface Speech extends Disposable {
  /** A WAV file (8 kHz, mono) that says this text; made once. Errors: those of the built-in voice. */
  fileOf(text: string, language: Language): Promise<string>;
  /** Undefined: none is configured. */
  recognizer(): Recognizer | undefined;
  /** What speaks now, and what keeps it from it: an error's code. */
  state(): Promise<{ name: string; problem: string | null }>;
  /** Of a configuration that need not be the chosen one; to be disposed of. Undefined: it has none. */
  recognizerOf(stored: StoredSpeech): (Recognizer & Partial<Disposable>) | undefined;
  /** Where the user's own models are, a folder each. */
  readonly modelsFolder: string;
  /** Reads what is chosen; again after every change of it. */
  start(): Promise<void>;
}

export interface SpeechParts {
  database: Database;
  dataDir: string;
  /** A WAV file of any usual format as 16 bits, 8 kHz, mono. Errors: `unsupported-sound`. */
  toSound: (file: Buffer) => { wav: Buffer };
  /** A WAV file's samples, mono, 8 kHz. */
  samplesOf: (wav: Buffer) => Int16Array;
  clock: Clock;
  log: Log;
  builtIn?: Synthesizer;
}

/** The voice of a configuration. */
export function synthesizerOf({ config, apiKey }: StoredSpeech, builtIn = espeakSynthesizer()): Synthesizer {
  return config.synthesis === "service" ? serviceSynthesizer({ ...config, apiKey }) : builtIn;
}

export async function openSpeech(parts: SpeechParts): Promise<Speech> {
  const { database, clock, log, builtIn = espeakSynthesizer() } = parts;
  const cache = await openSpeechCache(join(parts.dataDir, "speech"));
  let chosen = builtIn;
  let recognizer: ReturnType<Speech["recognizerOf"]>;
  const modelsFolder = join(parts.dataDir, "models", "recognition");
  await mkdir(modelsFolder, { recursive: true });

  const samplesOf = (wav: Buffer) => parts.samplesOf(parts.toSound(wav).wav);
  const recognizerOf: Speech["recognizerOf"] = ({ config, apiKey }) => {
    if (config.recognition === "service") return serviceRecognizer({ ...config, apiKey });
    if (config.recognition === "none") return undefined;
    return localRecognizer({ folder: modelsFolder, model: config.localModel, samplesOf, clock });
  };
  let restsUntil = 0;

  const say = (voice: Synthesizer, text: string, language: Language) =>
    cache.fileOf([voice.name, language, text], async () => {
      const { wav } = parts.toSound(await voice.synthesize(text, language));
      return wav;
    });

  async function fileOf(text: string, language: Language): Promise<string> {
    const voice = chosen;
    if (voice === builtIn || clock.now() < restsUntil) return say(builtIn, text, language);
    try {
      return await say(voice, text, language);
    } catch (error) {
      restsUntil = clock.now() + restMs;
      log.warn(
        { reason: reasonOf(error), voice: voice.name },
        "the chosen voice failed; the built-in one speaks",
      );
      return say(builtIn, text, language);
    }
  }

  return {
    fileOf,
    recognizer: () => recognizer,
    recognizerOf,
    modelsFolder,
    async state() {
      const problem = await fileOf("1", "en").then(
        () => null,
        (error: unknown) => (error instanceof AppError ? error.code : "voice-failed"),
      );
      return { name: chosen === builtIn ? builtIn.name : chosen.name.split(" ")[0]!, problem };
    },
    async start() {
      const stored = await readSpeech(database.db);
      chosen = synthesizerOf(stored, builtIn);
      recognizer?.[Symbol.dispose]?.();
      recognizer = recognizerOf(stored);
      restsUntil = 0;
    },
    [Symbol.dispose]: () => recognizer?.[Symbol.dispose]?.(),
  };
}
