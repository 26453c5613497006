import type { Clock } from "../kernel/clock.ts";

/** So many offences within the window ban a source for a while. */
export interface GuardLimits {
  offences: number;
  windowMs: number;
  banMs: number;
  /** Sources remembered at once; the oldest is forgotten first. */
  sources: number;
}

export const guardLimits: GuardLimits = { offences: 30, windowMs: 60_000, banMs: 300_000, sources: 10_000 };

export interface SourceGuard {
  isBanned(host: string): boolean;
  /** Counts a malformed packet or a failed authentication; true when this one bans the source. */
  offend(host: string): boolean;
  forgive(host: string): void;
}

/** Counters per source address, so that a scanner costs us a map look-up and nothing more. */
export function createSourceGuard(clock: Clock, limits = guardLimits): SourceGuard {
  const sources = new Map<string, { count: number; since: number; bannedUntil: number }>();
  return {
    isBanned: (host) => (sources.get(host)?.bannedUntil ?? 0) > clock.now(),
    offend(host) {
      const now = clock.now();
      let entry = sources.get(host);
      if (!entry || now - entry.since > limits.windowMs) {
        entry = { count: 0, since: now, bannedUntil: 0 };
        sources.delete(host);
        sources.set(host, entry);
        if (sources.size > limits.sources) sources.delete(sources.keys().next().value!);
      }
      entry.count++;
      if (entry.count < limits.offences || entry.bannedUntil > now) return false;
      entry.bannedUntil = now + limits.banMs;
      return true;
    },
    forgive: (host) => void sources.delete(host),
  };
}
