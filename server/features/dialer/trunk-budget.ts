/** Lines that trunks can take now. Pure state: a token bucket for calls per second, channels as the switch tells. */
import type { CarrierFault, CarrierHealth } from "./carrier-health.ts";

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

export interface FreeLines {
  /** Of these trunks together. */
  lines: number;
  /** Any of them is up. */
  up: boolean;
  /** What there are no more lines for: channels, calls per second, or a carrier that does not do its work. */
  short: "channels" | "rate" | CarrierFault;
  /** Channels that all of them have. */
  channels: number;
  perSecond: number;
}

export interface TrunkBudget {
  free(trunkIds: readonly number[]): FreeLines;
  /** Takes `lines` from these trunks in order. */
  take(trunkIds: readonly number[], lines: number): void;
}

/** At most this much of a second's calls at once: carriers count in short windows. */
const burstSeconds = 0.5;
/** A trunk that looks down gets one call in this time: carriers that answer calls and no OPTIONS are many. */
const trialEveryMs = 15_000;

type Carriers = Pick<CarrierHealth, "faultOf" | "tried">;
const allWell: Carriers = { faultOf: () => undefined, tried: () => undefined };

export function createTrunkBudget(carriers: Carriers = allWell): {
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
      const shortOf = new Map<number, FreeLines["short"]>();
      for (const trunk of trunks) {
        const now = status.find((s) => s.trunkId === trunk.id);
        if (!trunk.enabled) continue;
        if (now?.state !== "up") {
          const lines = trialLines(trunk, now, nowMs);
          if (lines > 0) room.set(trunk.id, lines);
          continue;
        }
        const fault = carriers.faultOf(trunk.id);
        const channels = fault
          ? Number(fault.trialDue && now.channels === 0)
          : Math.max(0, trunk.maxChannels - now.channels);
        const tokens = Math.floor(tokensOf(trunk, nowMs));
        room.set(trunk.id, Math.min(channels, tokens));
        shortOf.set(trunk.id, fault ?? (tokens < channels ? "rate" : "channels"));
      }
      const use = (ids: readonly number[]) =>
        (ids.length > 0 ? ids : [...room.keys()]).filter((id) => room.has(id));
      return {
        free(trunkIds) {
          const ids = use(trunkIds);
          const shorts = ids.map((id) => shortOf.get(id) ?? "channels");
          const own = trunks.filter(({ id }) => ids.includes(id));
          return {
            lines: ids.reduce((sum, id) => sum + room.get(id)!, 0),
            up: ids.length > 0,
            // One that works is short of the usual; only when none works is that the reason.
            short: shorts.find((short) => typeof short === "string") ?? shorts[0] ?? "channels",
            channels: own.reduce((sum, trunk) => sum + trunk.maxChannels, 0),
            perSecond: own.reduce((sum, trunk) => sum + trunk.maxCallsPerSecond, 0),
          };
        },
        take(trunkIds, lines) {
          let left = lines;
          for (const id of use(trunkIds)) {
            const taken = Math.min(left, room.get(id)!);
            room.set(id, room.get(id)! - taken);
            if (taken > 0) carriers.tried(id);
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
