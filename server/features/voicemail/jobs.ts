import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { expireMessages } from "./queries-messages.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "voicemail.expire": Record<string, never>;
    "voicemail.tell": Record<string, never>;
  }
}

/** Messages go when their box has kept them long enough; what a crash kept from being told of is told. */
export function voicemailJobs(
  jobs: Jobs,
  {
    database,
    mailboxes,
    clock,
    tell,
  }: {
    database: Database;
    mailboxes: Mailboxes;
    clock: Clock;
    tell: () => Promise<void>;
  },
): void {
  jobs.handle("voicemail.expire", async () => {
    mailboxes.changed(await database.transact((tx) => expireMessages(tx, new Date(clock.now()))));
  });
  jobs.schedule("voicemail.expire", "17 * * * *", {});
  jobs.handle("voicemail.tell", tell);
  jobs.schedule("voicemail.tell", "* * * * *", {});
}
