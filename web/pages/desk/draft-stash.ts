import type { z } from "zod";

/** Words not yet at the server wait on this device, one entry per call and kind. */
export interface Stash<T> {
  read(): T | null;
  write(value: T): void;
  clear(): void;
}

export function stashOf<S extends z.ZodType>(
  kind: "draft" | "script",
  callId: string,
  schema: S,
): Stash<z.output<S>> {
  const key = `waihu.${kind}.${callId}`;
  // A full or forbidden storage leaves only the server's copy.
  return {
    read() {
      try {
        const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? "null"));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // As above.
      }
    },
    clear() {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
