import type { Database } from "../../../kernel/db.ts";
import type { EventBus } from "../../../kernel/events.ts";
import type { Jobs } from "../../../kernel/jobs.ts";
import type { Log } from "../../../kernel/log.ts";
import "../../lists/index.ts";
import { consentsOfImport } from "./queries.ts";

declare module "../../../kernel/jobs.ts" {
  interface JobMap {
    "consents.collect": { importId: number };
  }
}

/** Makes consents of an import's consent columns when it is done; a job, so that a crash in between loses none. */
export function collectConsents(
  jobs: Jobs,
  { database, events, log }: { database: Database; events: EventBus; log: Log },
): void {
  jobs.handle("consents.collect", async ({ importId }) => {
    const consents = await database.transact((tx) => consentsOfImport(tx, importId));
    if (consents > 0) log.info({ importId, consents }, "consents taken from an import");
  });
  events.on("import.changed", ({ item }) => {
    if (item.state !== "done") return;
    const key = `consents of import ${item.id}`;
    database
      .transact((tx) => jobs.add(tx, "consents.collect", { importId: item.id }, { key }))
      .catch((error: unknown) => log.error({ err: error, importId: item.id }, "consents not taken"));
  });
}
