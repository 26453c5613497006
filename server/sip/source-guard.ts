import { BlockList, isIP } from "node:net";
import type { Clock } from "../kernel/clock.ts";

/** Who a source is to us. Trunks are never limited; a phone's address is limited and never banned. */
export type SourceTrust = "trunk" | "phone" | "stranger";

export interface GuardLimits {
  /** So many points of offences within the window ban a source. */
  points: number;
  windowMs: number;
  /** The first ban; each further one within a day of the last lasts twice as long, up to `longestBanMs`. */
  banMs: number;
  longestBanMs: number;
  /** Requests a second that are looked at, and how many at once. */
  rate: Record<"phone" | "stranger", { perSecond: number; burst: number }>;
  /** Requests of a stranger dropped for its rate within the window that ban it. */
  drops: number;
  /** Sources remembered at once; the oldest is forgotten first. */
  sources: number;
}

export const guardLimits: GuardLimits = {
  points: 30,
  windowMs: 60_000,
  banMs: 300_000,
  longestBanMs: 86_400_000,
  rate: { stranger: { perSecond: 20, burst: 100 }, phone: { perSecond: 200, burst: 1_000 } },
  drops: 1_000,
  sources: 10_000,
};

/** Points of an offence. */
export const offences = { malformed: 1, unansweredChallenge: 1, wrongPassword: 3 } as const;

export interface SourceBan {
  host: string;
  /** The last offence, in words. */
  reason: string;
  /** Ms since the epoch. */
  since: number;
  until: number;
}

export interface SourceGuard {
  isBanned(host: string): boolean;
  /** May a request from here be looked at now? False costs its sender; the ban it may lead to is in `onBan`. */
  takes(host: string, trust: SourceTrust): boolean;
  /** Counts an offence of a stranger; true when this one bans it. */
  offend(host: string, reason: string, points?: number): boolean;
  /** It proved itself: its offences are forgotten. */
  forgive(host: string): void;
  bans(): SourceBan[];
  /** Lifts a ban; false when there is none. */
  unban(host: string): boolean;
}

interface Source {
  points: number;
  drops: number;
  since: number;
  tokens: number;
  filledAt: number;
}

function exemptions(entries: readonly string[]): (host: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [host = "", bits] = entry.split("/");
    const family = isIP(host) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(host, family);
    else list.addSubnet(host, Number(bits), family);
  }
  return (host) =>
    entries.length > 0 && isIP(host) !== 0 && list.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}

/**
 * What each source address may do to us: a token bucket for its requests, points for its offences, and bans that
 * expire. All of it is asked before a message is parsed, so that a flood costs map look-ups and nothing more.
 */
export function createSourceGuard(
  clock: Clock,
  limits: GuardLimits = guardLimits,
  neverBanned: readonly string[] = [],
): SourceGuard {
  const sources = new Map<string, Source>();
  const banned = new Map<string, SourceBan & { times: number }>();
  const isExempt = exemptions(neverBanned);

  function sourceOf(host: string, now: number, burst: number): Source {
    let source = sources.get(host);
    if (!source) {
      source = { points: 0, drops: 0, since: now, tokens: burst, filledAt: now };
      sources.set(host, source);
      if (sources.size > limits.sources) sources.delete(sources.keys().next().value!);
    }
    if (now - source.since > limits.windowMs) {
      source.points = 0;
      source.drops = 0;
      source.since = now;
    }
    return source;
  }

  function ban(host: string, reason: string, now: number): boolean {
    if (isExempt(host)) return false;
    const before = banned.get(host);
    const times = before && now - before.until < limits.longestBanMs ? before.times + 1 : 1;
    const ms = Math.min(limits.banMs * 2 ** (times - 1), limits.longestBanMs);
    banned.delete(host);
    banned.set(host, { host, reason, since: now, until: now + ms, times });
    if (banned.size > limits.sources) banned.delete(banned.keys().next().value!);
    sources.delete(host);
    return true;
  }

  const isBanned = (host: string) => {
    if (banned.size === 0) return false;
    const entry = banned.get(host);
    return entry !== undefined && entry.until > clock.now();
  };

  return {
    isBanned,
    takes(host, trust) {
      if (trust === "trunk") return true;
      const { perSecond, burst } = limits.rate[trust];
      const now = clock.now();
      const source = sourceOf(host, now, burst);
      source.tokens = Math.min(burst, source.tokens + ((now - source.filledAt) * perSecond) / 1000);
      source.filledAt = now;
      if (source.tokens >= 1) {
        source.tokens -= 1;
        return true;
      }
      if (isExempt(host)) return true;
      source.drops++;
      if (trust === "stranger" && source.drops >= limits.drops) ban(host, "too many requests", now);
      return false;
    },
    offend(host, reason, points = offences.malformed) {
      const now = clock.now();
      if (isBanned(host)) return false;
      const source = sourceOf(host, now, limits.rate.stranger.burst);
      source.points += points;
      return source.points >= limits.points && ban(host, reason, now);
    },
    forgive: (host) => void sources.delete(host),
    bans() {
      const now = clock.now();
      return [...banned.values()]
        .filter(({ until }) => until > now)
        .map(({ host, reason, since, until }) => ({ host, reason, since, until }));
    },
    unban(host) {
      const wasBanned = isBanned(host);
      banned.delete(host);
      sources.delete(host);
      return wasBanned;
    },
  };
}
