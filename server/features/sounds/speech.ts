import { createHash } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../../../shared/common.ts";
import type { SoundAudio } from "./sound-audio.ts";
import type { Voice } from "./voice.ts";

/** Texts whose sound is kept; those with names and amounts in them are many. */
const kept = 2000;

export interface Speech {
  readonly voice: Voice;
  /** A WAV file that says this text; made once. Errors: those of the voice. */
  fileOf(text: string, language: Language): Promise<string>;
}

/** Spoken texts as files, by what they say. */
export async function openSpeech(folder: string, voice: Voice, audio: SoundAudio): Promise<Speech> {
  await mkdir(folder, { recursive: true });
  await trim(folder);
  const making = new Map<string, Promise<string>>();

  async function make(path: string, text: string, language: Language): Promise<string> {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
    const { wav } = audio.toSound(await voice.speak(text, language));
    await writeFile(`${path}.new`, wav);
    await rename(`${path}.new`, path);
    return path;
  }

  return {
    voice,
    fileOf(text, language) {
      const key = createHash("sha256").update(`${voice.name}/${language}/${text}`).digest("hex");
      const path = join(folder, `${key}.wav`);
      const made = making.get(key) ?? make(path, text, language).finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}

/** The oldest go. */
async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= kept) return;
  const files = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = files.sort((a, b) => b.at - a.at).slice(kept);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
