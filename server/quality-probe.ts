import { qualityOfTrunks } from "./features/calls/index.ts";
import type { Health } from "./features/health/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";

const hourMs = 3_600_000;
/** Fewer calls say nothing of a trunk. */
const fewCalls = 5;
/** Below this many users are dissatisfied (ITU-T G.109: R 70). */
const worryingMos = 3.6;
const worryingOneWayShare = 0.02;

/** What the health page says of the sound: every trunk's answered calls of the last hour. */
export function qualityProbe(
  health: Health,
  { database, clock }: { database: Pick<Database, "db">; clock: Clock },
): void {
  health.add("quality", async () => {
    const trunks = await qualityOfTrunks(database.db, new Date(clock.now() - hourMs));
    const calls = trunks.reduce((sum, trunk) => sum + trunk.calls, 0);
    if (calls === 0) return { state: "ok", code: "quality-none", detail: { trunks } };
    const mos = trunks.reduce((sum, trunk) => sum + trunk.mos * trunk.calls, 0) / calls;
    const oneWay = trunks.reduce((sum, trunk) => sum + trunk.oneWay, 0);
    const bad = trunks.filter(
      (trunk) =>
        trunk.calls >= fewCalls &&
        (trunk.mos < worryingMos || trunk.oneWay > trunk.calls * worryingOneWayShare + 1),
    );
    const detail = {
      calls,
      mos: mos.toFixed(2),
      oneWay,
      trunks,
      bad: bad.map(({ name }) => name).join(", "),
    };
    if (bad.length > 0) return { state: "warning", code: "quality-poor", detail };
    return { state: "ok", code: "quality", detail };
  });
}
