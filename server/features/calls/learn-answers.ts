import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { campaignsWithRules, countAnswers, saveAnswerCounts } from "./queries-answers.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "answers.learn": Record<string, never>;
  }
}

/** Habits change: older calls say nothing. */
const learnedFromMs = 56 * 24 * 3_600_000;

/** Counts when people answered, for every campaign with a rule that looks for the best time. */
export async function learnAnswers(database: Database, now: number): Promise<void> {
  for (const campaignId of await campaignsWithRules(database.db)) {
    const learned = await countAnswers(database.db, campaignId, new Date(now - learnedFromMs));
    await database.transact((tx) => saveAnswerCounts(tx, campaignId, learned));
  }
}

export function answerJobs(jobs: Jobs, { database, clock }: { database: Database; clock: Clock }): void {
  jobs.handle("answers.learn", () => learnAnswers(database, clock.now()));
  jobs.schedule("answers.learn", "*/15 * * * *", {});
}
