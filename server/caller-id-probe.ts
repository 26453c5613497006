import { callerIdAlarms } from "./features/caller-ids/index.ts";
import type { Health } from "./features/health/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";

/** What the health page says of caller IDs: which are answered less than the others of their pool. */
export function callerIdProbe(
  health: Health,
  { database, clock }: { database: Pick<Database, "db">; clock: Clock },
): void {
  health.add("caller-ids", async () => {
    const { numbers, resting, alarms } = await callerIdAlarms(database.db, new Date(clock.now()));
    const detail = { numbers, resting, fallen: alarms.join(", ") };
    if (alarms.length > 0) return { state: "warning", code: "caller-ids-fallen", detail };
    return { state: "ok", code: "caller-ids", detail };
  });
}
