/** Spoken texts as files, found by who says what; the longest unused go when their room is full. */
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface SpeechCache {
  /** The file of what `make` gives for this key, made once however many ask at the same time. */
  fileOf(key: readonly string[], make: () => Promise<Buffer>): Promise<string>;
}

/** Some nine hours at 8 kHz, 16 bits. */
export const usualRoomBytes = 512 * 2 ** 20;

/** Takes up what an earlier start left. `roomBytes`: the files together never stay larger. */
export async function openSpeechCache(folder: string, roomBytes = usualRoomBytes): Promise<SpeechCache> {
  await mkdir(folder, { recursive: true });
  /** The longest unused first. */
  const files = new Map<string, number>();
  let bytes = 0;
  const making = new Map<string, Promise<string>>();

  async function takeUp(): Promise<void> {
    const names = await readdir(folder);
    const unfinished = names.filter((name) => !name.endsWith(".wav"));
    await Promise.all(unfinished.map((name) => rm(join(folder, name), { force: true })));
    const found = await Promise.all(
      names
        .filter((name) => name.endsWith(".wav"))
        .map(async (name) => ({ name, file: await stat(join(folder, name)) })),
    );
    for (const { name, file } of found.sort((a, b) => a.file.mtimeMs - b.file.mtimeMs)) {
      files.set(name, file.size);
      bytes += file.size;
    }
  }

  async function makeRoom(): Promise<void> {
    for (const [name, size] of files) {
      if (bytes <= roomBytes || files.size === 1) return;
      files.delete(name);
      bytes -= size;
      await rm(join(folder, name), { force: true });
    }
  }

  async function write(name: string, make: () => Promise<Buffer>): Promise<string> {
    const path = join(folder, name);
    const wav = await make();
    await writeFile(`${path}.new`, wav);
    await rename(`${path}.new`, path);
    files.set(name, wav.length);
    bytes += wav.length;
    await makeRoom();
    return path;
  }

  /** Undefined: it is not there, or not any more. */
  async function used(name: string): Promise<string | undefined> {
    const size = files.get(name);
    if (size === undefined) return undefined;
    files.delete(name);
    const path = join(folder, name);
    const now = new Date();
    try {
      await utimes(path, now, now);
      files.set(name, size);
      return path;
    } catch {
      bytes -= size;
      return undefined;
    }
  }

  await takeUp();
  await makeRoom();
  return {
    fileOf(key, make) {
      const name = `${createHash("sha256").update(JSON.stringify(key)).digest("hex")}.wav`;
      const work = async () => (await used(name)) ?? (await write(name, make));
      const made = making.get(name) ?? work().finally(() => making.delete(name));
      making.set(name, made);
      return made;
    },
  };
}
