const key = "waihu.desk";

function fresh(): string {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].join("");
}

/**
 * The identity of this desk: survives a reload of the tab, so that the agent comes back to the same call, but
 * is not shared with a duplicated tab, which copies the tab's storage. A lock held for the page's life tells
 * the two apart; the reloaded page waits a moment for its predecessor to let go.
 */
export function claimDeskId(): Promise<string> {
  return (claimed ??= claim());
}

let claimed: Promise<string> | undefined;

async function claim(): Promise<string> {
  const stored = sessionStorage.getItem(key);
  const id = stored !== null && (await hold(stored)) ? stored : fresh();
  if (id !== stored) {
    sessionStorage.setItem(key, id);
    await hold(id);
  }
  return id;
}

/** Locks the id until the page goes; false when another tab has it. Without locks (insecure origin) always true. */
async function hold(id: string): Promise<boolean> {
  if (!("locks" in navigator)) return true;
  return new Promise((resolve) => {
    const request = navigator.locks.request(`waihu-desk-${id}`, { signal: AbortSignal.timeout(1500) }, () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
    request.catch(() => resolve(false));
  });
}
