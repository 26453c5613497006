import { Gauge, type Registry } from "prom-client";
import type { CanaryWay } from "../../shared/canary.ts";

/** The canary's last call, way by way. */
export function canaryMetrics(registry: Registry, ways: () => CanaryWay[]): void {
  const registers = [registry];
  const each = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    set: (gauge: Gauge<L | "way">, way: CanaryWay, last: CanaryWay["calls"][0]) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ["way", ...labelNames],
      registers,
      collect() {
        this.reset();
        for (const way of ways()) {
          const last = way.calls.at(-1);
          if (last) set(this, way, last);
        }
      },
    });
  each("waihu_canary_up", "1 when the last canary call was heard both ways", [], (gauge, { key }, last) =>
    gauge.set({ way: key }, Number(last.failure === null)),
  );
  each("waihu_canary_timestamp_seconds", "When the last canary call was placed", [], (gauge, { key }, last) =>
    gauge.set({ way: key }, Date.parse(last.at) / 1000),
  );
  each(
    "waihu_canary_audio_delay_seconds",
    "From asking for a tone until the other end heard it",
    ["direction"],
    (gauge, { key }, last) => {
      for (const direction of ["there", "back"] as const)
        if (last[direction]) gauge.set({ way: key, direction }, last[direction].delayMs / 1000);
    },
  );
  each(
    "waihu_canary_audio_lost_seconds",
    "Audio missing in one and a half seconds",
    ["direction"],
    (gauge, { key }, last) => {
      for (const direction of ["there", "back"] as const)
        if (last[direction]) gauge.set({ way: key, direction }, last[direction].lostMs / 1000);
    },
  );
}
