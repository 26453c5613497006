import type { Health } from "./features/health/index.ts";
import type { EmbeddedSwitch } from "./switch/embedded.ts";

/** What the health page says of telephony: media processes, where SIP listens, and the trunks. */
export function switchProbes(
  health: Health,
  sw: Pick<EmbeddedSwitch, "health" | "trunkStatus" | "bans">,
): void {
  health.add("media", () => {
    const { media } = sw.health();
    const alive = media.filter((process) => process.alive);
    const restarts = media.reduce((sum, process) => sum + process.restarts, 0);
    const detail = {
      processes: alive.length,
      legs: alive.reduce((sum, process) => sum + process.legs, 0),
      cpuPercent: Math.round(Math.max(0, ...alive.map((process) => process.cpuPercent))),
      restarts,
    };
    if (alive.length < media.length) return { state: "failed", code: "media-died", detail };
    // Past this share of a core, frames begin to be late.
    if (detail.cpuPercent > 80) return { state: "warning", code: "media-busy", detail };
    return { state: "ok", code: "media", detail };
  });
  health.add("sip", () => {
    const { sip } = sw.health();
    const detail = { listening: sip.join(", "), banned: sw.bans().length };
    const code = detail.banned > 0 ? "sip-bans" : "sip";
    return { state: sip.length > 0 ? "ok" : "failed", code, detail };
  });
  health.add("trunks", () => {
    const used = sw.trunkStatus().filter((trunk) => trunk.state !== "disabled");
    const up = used.filter((trunk) => trunk.state === "up");
    const detail = {
      up: up.length,
      all: used.length,
      channels: used.reduce((sum, trunk) => sum + trunk.channels, 0),
    };
    if (used.length === 0) return { state: "warning", code: "trunks-none", detail };
    if (up.length === used.length) return { state: "ok", code: "trunks", detail };
    return { state: up.length === 0 ? "failed" : "warning", code: "trunks-down", detail };
  });
}
