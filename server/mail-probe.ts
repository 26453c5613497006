import type { Health } from "./features/health/index.ts";
import { outboxState } from "./features/mail/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";

const weekMs = 7 * 24 * 3_600_000;

/** What the health page says of e-mail: whether the mail server takes what waits. */
export function mailProbe(
  health: Health,
  { database, clock }: { database: Pick<Database, "db">; clock: Clock },
): void {
  health.add("mail", async () => {
    const { waiting, givenUp, lastError } = await outboxState(database.db, new Date(clock.now() - weekMs));
    const detail = { waiting, givenUp, reason: lastError ?? "" };
    if (waiting > 0 && lastError !== null) return { state: "warning", code: "mail-failing", detail };
    return { state: "ok", code: "mail", detail };
  });
}
