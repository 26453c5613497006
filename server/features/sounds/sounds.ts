/** Sounds and prompts as a switch plays them: uploaded files, spoken texts with variables, tones of the country. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settings as schema, type Settings } from "../../../shared/settings.ts";
import type { PromptInput } from "../../../shared/sounds.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { readSettings } from "../settings/index.ts";
import { fillIn, type Speech } from "../speech/index.ts";
import { listPrompts, soundIds } from "./queries.ts";
import type { Playable } from "./sound-audio.ts";
import "./events.ts";

export interface Sounds extends Disposable {
  /** The company's music on hold; undefined: none was chosen. */
  holdMusic(): Playable | undefined;
  /** A stored sound; undefined: there is none. */
  sound(soundId: number): Playable | undefined;
  /** What is said to those whom nobody can take; undefined: nothing was chosen. Errors: those of the voice. */
  abandonMessage(variables: Readonly<Record<string, string>>): Promise<Playable> | undefined;
  /** What a caller hears before they leave a message; undefined: nothing was chosen. Errors: those of the voice. */
  voicemailNotice(variables: Readonly<Record<string, string>>): Promise<Playable> | undefined;
  /** A stored prompt with its variables; undefined: there is none. Errors: those of the voice. */
  playPrompt(promptId: number, variables: Readonly<Record<string, string>>): Promise<Playable> | undefined;
  promptName(promptId: number): string | undefined;
  /** A prompt with its variables. Errors: those of the voice. */
  play(
    prompt: Pick<PromptInput, "language" | "parts">,
    variables: Readonly<Record<string, string>>,
  ): Promise<Playable>;
  /** Reads what is chosen; again whenever it changes. */
  start(): Promise<void>;
  pathOf(soundId: number): string;
  store(soundId: number, wav: Buffer): Promise<void>;
  remove(soundId: number): Promise<void>;
}

export interface SoundsParts {
  database: Database;
  dataDir: string;
  events: EventBus;
  speech: Speech;
}

export async function openSounds(parts: SoundsParts): Promise<Sounds> {
  const { database, dataDir, events, speech } = parts;
  const folder = join(dataDir, "sounds");
  await mkdir(folder, { recursive: true });
  const pathOf = (soundId: number) => join(folder, `${soundId}.wav`);
  let chosen: Settings = schema.parse({});
  let known: number[] = [];
  let prompts = new Map<number, PromptInput>();

  async function read(): Promise<void> {
    chosen = await readSettings(database.db);
    known = await soundIds(database.db);
    prompts = new Map((await listPrompts(database.db)).map((prompt) => [prompt.id, prompt]));
  }

  function playPrompt(promptId: number, variables: Readonly<Record<string, string>>) {
    const prompt = prompts.get(promptId);
    return prompt && play(prompt, variables);
  }

  async function play(
    { language, parts: list }: Pick<PromptInput, "language" | "parts">,
    variables: Readonly<Record<string, string>>,
  ): Promise<Playable> {
    const sequence = await Promise.all(
      list.map(async (part): Promise<Playable> => {
        switch (part.kind) {
          case "text": {
            const text = fillIn(part.text, variables, language).trim();
            return text === "" ? { silenceMs: 20 } : { file: await speech.fileOf(text, language) };
          }
          case "sound":
            return { file: pathOf(part.soundId) };
          case "tone":
            return { signal: part.signal, country: chosen.defaultCountry };
          case "silence":
            return { silenceMs: part.ms };
        }
      }),
    );
    return { sequence };
  }

  const stops = [events.on("settings.changed", read), events.on("sounds.changed", read)];
  return {
    holdMusic() {
      const ids = chosen.holdSoundIds.filter((id) => known.includes(id));
      return ids.length === 0 ? undefined : { sequence: ids.map((id) => ({ file: pathOf(id) })) };
    },
    sound: (soundId) => (known.includes(soundId) ? { file: pathOf(soundId) } : undefined),
    abandonMessage: (variables) => playPrompt(chosen.abandonPromptId ?? 0, variables),
    voicemailNotice: (variables) => playPrompt(chosen.voicemailPromptId ?? 0, variables),
    playPrompt,
    promptName: (promptId) => prompts.get(promptId)?.name,
    play,
    start: read,
    pathOf,
    store: (soundId, wav) => writeFile(pathOf(soundId), wav),
    remove: (soundId) => rm(pathOf(soundId), { force: true }),
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
