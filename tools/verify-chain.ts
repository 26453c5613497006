/**
 * Walks the seals over the compliance decisions and the chain of the audit log, names the first record that is not as it
 * was written, and ends with status 1 then; 2: it could not look. Reads the server's settings, and writes nothing: a
 * running server is left alone, and without one its embedded database is started for as long as this takes.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../server/config.ts";
import { verifyAudit } from "../server/features/audit/index.ts";
import { perStep, verifyDecisions } from "../server/features/compliance/proof/verify.ts";
import { takeDataFolder } from "../server/kernel/data-folder.ts";
import { type Database, openDatabase } from "../server/kernel/db.ts";
import { reasonOf, StartupError } from "../server/kernel/errors.ts";
import { startEmbeddedPostgres } from "../server/kernel/postgres/embedded.ts";
import { runningPostgres } from "../server/kernel/postgres/running.ts";

type Say = (line: string) => void;

const whatBroke = {
  changed: "was changed after it was sealed",
  missing: "is gone",
  seal: "is not as it was made",
  unaccounted: "stands outside of all seals",
};

/** A step of seals at a time; true: all decisions are as they were sealed. */
async function verifySeals({ db }: Database, say: Say, limit: number): Promise<boolean> {
  let verified = 0;
  for (let after: number | null = 0; after !== null;) {
    const step = await verifyDecisions(db, { after, limit });
    verified += step.verified;
    if (step.broken) {
      const { kind, sealId, decisionId, callId } = step.broken;
      const what = decisionId ? `decision ${decisionId}` : sealId ? `seal ${sealId}` : "a decision";
      const where = [decisionId && `in seal ${sealId}`, callId && `of call ${callId}`].filter(Boolean);
      say(`BROKEN: ${what}${where.map((text) => `, ${text}`).join("")}, ${whatBroke[kind]}.`);
      say(`${verified} decisions before it are as they were sealed.`);
      return false;
    }
    if (step.next !== null) say(`decisions: ${verified} of ${step.sealed} …`);
    else {
      say(`decisions: ${verified} are as they were sealed, ${step.waiting} wait for their seal.`);
      say(`newest seal: ${step.head}`);
    }
    after = step.next;
  }
  return true;
}

/** Looks through all proof of a database and says what it finds, a line at a time; false: something is broken. */
export async function verifyChains(database: Database, say: Say, sealsPerStep = perStep): Promise<boolean> {
  const isSealed = await verifySeals(database, say, sealsPerStep);
  const { entries, brokenAt } = await verifyAudit(database.db);
  if (brokenAt === null) say(`audit log: ${entries} entries are as they were written.`);
  else say(`BROKEN: entry ${brokenAt} of the audit log; ${entries} before it are as they were written.`);
  return isSealed && brokenAt === null;
}

/** The server's database, wherever it is; `stack` closes what had to be started. */
async function databaseUrl(stack: AsyncDisposableStack): Promise<string> {
  const config = readConfig();
  if (config.databaseUrl) return config.databaseUrl;
  const { dataDir } = config;
  if (!existsSync(join(dataDir, "postgres/PG_VERSION")))
    throw new StartupError(`There is no database in ${dataDir}: set WAIHU_DATA or DATABASE_URL.`);
  const running = runningPostgres(dataDir);
  if (running) return running;
  stack.use(await takeDataFolder(dataDir));
  return stack.use(await startEmbeddedPostgres(dataDir)).url;
}

async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(openDatabase(await databaseUrl(stack), 1));
  await database.pool.query("set default_transaction_read_only = on");
  if (!(await verifyChains(database, console.log))) process.exitCode = 1;
}

if (import.meta.main)
  await main().catch((error: unknown) => {
    console.error(`The proof could not be looked through: ${reasonOf(error)}`);
    process.exitCode = 2;
  });
