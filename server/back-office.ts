import type { Config } from "./config.ts";
import { callerIdRoutes, watchCallerIds } from "./features/caller-ids/index.ts";
import { campaignRoutes, exhaustLeads, foldTallies, wantedSets } from "./features/campaigns/index.ts";
import { customerRoutes } from "./features/customers/index.ts";
import {
  createImports,
  assignRoutes,
  collectRoutes,
  filterRoutes,
  foldCountsInBackground,
  importJobs,
  importRoutes,
  keepFilterSets,
  leadRoutes,
  listRoutes,
} from "./features/lists/index.ts";
import { scriptRoutes } from "./features/scripts/index.ts";
import { trunkRoutes } from "./features/trunks/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";
import type { EventBus } from "./kernel/events.ts";
import type { HttpServer } from "./kernel/http/server.ts";
import type { Jobs } from "./kernel/jobs.ts";
import { systemRandom } from "./kernel/random.ts";
import type { Log } from "./kernel/log.ts";

export interface BackOfficeParts {
  config: Pick<Config, "maxUploadBytes">;
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
  http: HttpServer;
  dataDir: string;
  jobs: Jobs;
}

/** What is prepared before anybody is called: trunks, customers, lists with their imports, campaigns. */
export async function createBackOffice(
  stack: AsyncDisposableStack,
  parts: BackOfficeParts,
): Promise<{ start(): Promise<void> }> {
  const { app } = parts.http;
  trunkRoutes(app, parts);
  callerIdRoutes(app, parts);
  customerRoutes(app, parts);
  listRoutes(app, parts);
  leadRoutes(app, parts);
  assignRoutes(app, parts);
  filterRoutes(app, { ...parts, random: systemRandom });
  const imports = stack.use(await createImports(parts));
  importJobs(parts.jobs, { ...parts, imports });
  await importRoutes(app, { ...parts, imports, maxUploadBytes: parts.config.maxUploadBytes });
  collectRoutes(app, { ...parts, imports });
  scriptRoutes(app, parts);
  campaignRoutes(app, parts);
  stack.use(foldCountsInBackground({ ...parts, folds: [foldTallies, exhaustLeads] }));
  stack.use(watchCallerIds(parts));
  const filterSets = stack.use(keepFilterSets({ ...parts, wanted: wantedSets }));
  return {
    /** Begins again the imports that the end of the last server cut off. */
    async start() {
      filterSets.start();
      await imports.resume();
    },
  };
}
