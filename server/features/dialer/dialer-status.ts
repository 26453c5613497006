import type { DialledCampaign } from "./campaign-cache.ts";
import type { Limit, Paced } from "./pacing.ts";
import type { FreeLines } from "./trunk-budget.ts";

export interface DialerStatus {
  limit: Limit;
  /** Figures for the sentence: leads `ready`, `zonesOpen`, and of the trunk where that is the limit. */
  detail: Record<string, unknown>;
}

/** What holds a campaign back, with the figures that say so. */
export function statusOf(entry: DialledCampaign, { limit }: Paced, free: FreeLines): DialerStatus {
  const detail = { ready: entry.ready, zonesOpen: entry.zones.length };
  if (limit !== "trunk-limit") return { limit, detail };
  const { short, channels, perSecond } = free;
  if (short === "channels") return { limit, detail: { ...detail, channels } };
  if (short === "rate") return { limit: "rate-limit", detail: { ...detail, perSecond } };
  const { kind, calls, cause } = short;
  return {
    limit: kind === "refuses" ? "carrier-refuses" : "carrier-silent",
    detail: { ...detail, calls, cause },
  };
}
