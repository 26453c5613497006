import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { deleteExpiredSessions } from "./queries.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "sessions.clean": Record<string, never>;
  }
}

export function authJobs(jobs: Jobs, { database, clock }: { database: Database; clock: Clock }): void {
  jobs.handle("sessions.clean", () =>
    database.transact((tx) => deleteExpiredSessions(tx, new Date(clock.now()))),
  );
  jobs.schedule("sessions.clean", "17 * * * *", {});
}
