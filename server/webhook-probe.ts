import type { Health } from "./features/health/index.ts";
import { failingWebhooks } from "./features/webhooks/index.ts";
import type { Database } from "./kernel/db.ts";

/** What the health page says of webhooks: which addresses do not take what happens. */
export function webhookProbe(health: Health, { database }: { database: Pick<Database, "db"> }): void {
  health.add("webhooks", async () => {
    const { names, all, waiting } = await failingWebhooks(database.db);
    const detail = { all, waiting, failing: names.join(", ") };
    if (names.length > 0) return { state: "warning", code: "webhooks-failing", detail };
    return { state: "ok", code: "webhooks", detail };
  });
}
