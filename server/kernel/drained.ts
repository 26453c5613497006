import { once } from "node:events";
import type { Writable } from "node:stream";

/**
 * Resolves when there is room in the stream again, or when it is closed, for one that an error has closed never drains.
 * Leaves no listener behind, however often it is waited.
 */
export async function drained(stream: Writable): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race(["drain", "close"].map((event) => once(stream, event, { signal: over.signal })));
  } finally {
    over.abort();
  }
}
