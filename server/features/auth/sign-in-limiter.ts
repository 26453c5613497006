const windowMs = 15 * 60_000;
const mostKeys = 20_000;

/** Failures allowed in 15 minutes. By login from one address; by login from anywhere; by address. */
const limits = { pair: 5, login: 30, address: 60 } as const;

export interface SignInLimiter {
  /** Counts an attempt. Returns seconds to wait when it is one too many, else 0. */
  attempt(login: string, address: string, nowMs: number): number;
  /** The attempt was a right one: it and the wrong ones before it from there are forgotten. */
  succeed(login: string, address: string): void;
}

const keysOf = (login: string, address: string) =>
  [
    [`${address} ${login}`, limits.pair],
    [`login ${login}`, limits.login],
    [`address ${address}`, limits.address],
  ] as const;

/** Slows down guessing without letting a stranger lock a person out from the person's own address. */
export function createSignInLimiter(): SignInLimiter {
  const attempts = new Map<string, { count: number; since: number }>();

  function prune(nowMs: number): void {
    for (const [key, { since }] of attempts) if (nowMs - since >= windowMs) attempts.delete(key);
    // Map keeps insertion order: the oldest go first.
    for (const key of attempts.keys()) {
      if (attempts.size <= mostKeys) break;
      attempts.delete(key);
    }
  }

  return {
    attempt(login, address, nowMs) {
      if (attempts.size > mostKeys) prune(nowMs);
      const keys = keysOf(login, address);
      for (const [key, limit] of keys) {
        const seen = attempts.get(key);
        if (seen && nowMs - seen.since >= windowMs) attempts.delete(key);
        else if (seen && seen.count >= limit) return Math.ceil((seen.since + windowMs - nowMs) / 1000);
      }
      for (const [key] of keys) {
        const seen = attempts.get(key) ?? { count: 0, since: nowMs };
        attempts.set(key, { ...seen, count: seen.count + 1 });
      }
      return 0;
    },
    succeed(login, address) {
      const [[pair], ...others] = keysOf(login, address);
      const forgiven = attempts.get(pair)?.count ?? 0;
      attempts.delete(pair);
      for (const [key] of others) {
        const seen = attempts.get(key);
        if (seen && seen.count > forgiven) seen.count -= forgiven;
        else attempts.delete(key);
      }
    },
  };
}
