/** Lines that trunks can take now. Pure state: a token bucket for calls per second, channels as the switch tells. */

export interface TrunkLimits {
  id: number;
  enabled: boolean;
  maxChannels: number;
  maxCallsPerSecond: number;
  auth: "ip" | "registration" | "digest";
}

export interface TrunkNow {
  trunkId: number;
  state: "up" | "down" | "registering" | "disabled";
  channels: number;
}

export interface TrunkBudget {
  /** Lines free on these trunks together, and whether any of them is up. */
  free(trunkIds: readonly number[]): { lines: number; up: boolean };
  /** Takes `lines` from these trunks in order. */
  take(trunkIds: readonly number[], lines: number): void;
}

/** At most this much of a second's calls at once: carriers count in short windows. */
const burstSeconds = 0.5;
/** A trunk that looks down gets one call in this time: carriers that answer calls and no OPTIONS are many. */
const trialEveryMs = 15_000;

export function createTrunkBudget(): {
  at(nowMs: number, trunks: readonly TrunkLimits[], status: readonly TrunkNow[]): TrunkBudget;
} {
  const buckets = new Map<number, { tokens: number; at: number }>();
  const trials = new Map<number, number>();

  /** Lines of a trunk that is not up. */
  function trialLines(trunk: TrunkLimits, now: TrunkNow | undefined, nowMs: number): number {
    const last = trials.get(trunk.id) ?? -Infinity;
    const unproven = now?.state === "down" || (now?.state === "registering" && trunk.auth !== "registration");
    return unproven && now.channels === 0 && Math.abs(nowMs - last) >= trialEveryMs ? 1 : 0;
  }

  function tokensOf(trunk: TrunkLimits, nowMs: number): number {
    const most = Math.max(1, trunk.maxCallsPerSecond * burstSeconds);
    const bucket = buckets.get(trunk.id) ?? { tokens: most, at: nowMs };
    const passed = Math.max(0, nowMs - bucket.at) / 1000;
    bucket.tokens = Math.min(most, bucket.tokens + passed * trunk.maxCallsPerSecond);
    bucket.at = nowMs;
    buckets.set(trunk.id, bucket);
    return bucket.tokens;
  }

  return {
    at(nowMs, trunks, status) {
      const room = new Map<number, number>();
      for (const trunk of trunks) {
        const now = status.find((s) => s.trunkId === trunk.id);
        if (!trunk.enabled) continue;
        if (now?.state !== "up") {
          const lines = trialLines(trunk, now, nowMs);
          if (lines > 0) room.set(trunk.id, lines);
          continue;
        }
        const channels = Math.max(0, trunk.maxChannels - now.channels);
        room.set(trunk.id, Math.min(channels, Math.floor(tokensOf(trunk, nowMs))));
      }
      const use = (ids: readonly number[]) =>
        (ids.length > 0 ? ids : [...room.keys()]).filter((id) => room.has(id));
      return {
        free(trunkIds) {
          const ids = use(trunkIds);
          return { lines: ids.reduce((sum, id) => sum + room.get(id)!, 0), up: ids.length > 0 };
        },
        take(trunkIds, lines) {
          let left = lines;
          for (const id of use(trunkIds)) {
            const taken = Math.min(left, room.get(id)!);
            room.set(id, room.get(id)! - taken);
            const bucket = buckets.get(id);
            if (status.some((trunk) => trunk.trunkId === id && trunk.state === "up")) bucket!.tokens -= taken;
            else if (taken > 0) trials.set(id, nowMs);
            left -= taken;
          }
        },
      };
    },
  };
}
