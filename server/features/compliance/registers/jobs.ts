import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import type { Jobs } from "../../../kernel/jobs.ts";
import { forgetAnswers } from "./queries.ts";

declare module "../../../kernel/jobs.ts" {
  interface JobMap {
    "registers.clean": Record<string, never>;
  }
}

export function registerJobs(jobs: Jobs, { database, clock }: { database: Database; clock: Clock }): void {
  jobs.handle("registers.clean", () => database.transact((tx) => forgetAnswers(tx, new Date(clock.now()))));
  jobs.schedule("registers.clean", "23 * * * *", {});
}
