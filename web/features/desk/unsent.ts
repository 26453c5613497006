/** What is written on this page and has not reached the server yet; each entry sends its own. */
const unsent = new Set<() => Promise<void>>();

/** Returns the way out. */
export function registerUnsent(send: () => Promise<void>): () => void {
  unsent.add(send);
  return () => unsent.delete(send);
}

/** Longer than this nothing is held up by a bad network. */
const patienceMs = 3_000;

/** Sends all of it, before a command after which it would be too late: the call is a colleague's then. */
export async function sendUnsent(): Promise<void> {
  const all = Promise.allSettled([...unsent].map((send) => send()));
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => resolve(), patienceMs);
  await Promise.race([all, promise]);
  clearTimeout(timer);
}
