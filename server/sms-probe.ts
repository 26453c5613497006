import type { Health } from "./features/health/index.ts";
import { smsWaiting } from "./features/sms/index.ts";
import type { Database } from "./kernel/db.ts";

/** What the health page says of text messages: whether any waits for a channel that there is not. */
export function smsProbe(health: Health, { database }: { database: Pick<Database, "db"> }): void {
  health.add("sms", async () => {
    const waiting = await smsWaiting(database.db);
    return waiting > 0
      ? { state: "warning", code: "sms-no-channel", detail: { waiting } }
      : { state: "ok", code: "sms", detail: {} };
  });
}
