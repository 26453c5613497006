/** Who asks the server hundreds of times a second is soon refused for a minute, like anybody. */
const pauseMs = (waitedMs: number) => (waitedMs < 2_000 ? 5 : 100);

/**
 * Waits until `look` gives something true, and returns it; fails with `what` after `limitMs`: long, for
 * on a machine that does other things besides, only a state that never comes is a fault.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = 60_000,
): Promise<Exclude<T, false | null | undefined | 0 | "">> {
  const begun = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen as Exclude<T, false | null | undefined | 0 | "">;
    const waitedMs = performance.now() - begun;
    if (waitedMs > limitMs) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs(waitedMs)));
  }
}
