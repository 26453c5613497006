import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CampaignInput, campaignInput, type WeekHours, weekdays } from "../../shared/campaigns.ts";
import type { Role } from "../../shared/permissions.ts";
import { startApp } from "../../server/app.ts";
import { systemActor } from "../../server/features/audit/index.ts";
import { commandCampaign, createCampaign } from "../../server/features/campaigns/index.ts";
import { ensureSimulatedTrunk } from "../../server/features/demo/campaign.ts";
import { insertLeads, insertList } from "../../server/features/demo/queries.ts";
import { createUser } from "../../server/features/users/index.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { type Carrier, startCarrier } from "../../tools/carrier/carrier.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

export const testPassword = "waihu-test";

export interface TestPerson {
  login: string;
  password: string;
  name: string;
  userId: number;
}

/** The whole server in this process on free ports of loopback, with a trunk to a carrier of its own. */
export interface Testbed extends AsyncDisposable {
  readonly url: string;
  readonly carrier: Carrier;
  readonly database: TestDatabase;
  readonly trunkId: number;
  person(name: string, role?: Role): Promise<TestPerson>;
  /** A running campaign around the clock over a new list of these people. */
  campaign(
    change: Partial<CampaignInput> & Pick<CampaignInput, "mode" | "name">,
    people: TestLead[],
  ): Promise<number>;
}

export interface TestLead {
  name: string;
  phone: string;
  city?: string;
}

const always = Object.fromEntries(weekdays.map((day) => [day, [["00:00", "24:00"]]])) as WeekHours;

export async function testbed(): Promise<Testbed> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await testDatabase());
  const folder = await mkdtemp(join(tmpdir(), "waihu-testbed-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const carrier = stack.use(await startCarrier({ suffixes: false }));
  const trunkId = await database.transact((tx) => ensureSimulatedTrunk(tx, carrier.port));
  const app = stack.use(
    await startApp(
      {
        version: "test",
        dataDir: folder,
        databaseUrl: database.url,
        http: { host: "127.0.0.1", port: 0, tls: undefined, trustProxy: false },
        sip: { host: "127.0.0.1", port: 0, advertisedHost: undefined },
        rtp: { minPort: 0, maxPort: 0 },
        mediaProcesses: 1,
        logLevel: "silent",
        demo: false,
      },
      { log: silentLog },
    ),
  );
  const held = stack.move();
  let people = 0;
  return {
    url: app.url,
    carrier,
    database,
    trunkId,
    async person(name, role = "agent") {
      people += 1;
      const login = `${role}${people}`;
      const given = { login, name, role, orgUnitId: null, extension: null, locale: "zh" as const };
      const secret = { password: testPassword, mustChangePassword: false };
      const user = await database.transact((tx) =>
        createUser(tx, systemActor, { ...given, ...secret }, new Date()),
      );
      return { login, password: testPassword, name, userId: user.id };
    },
    async campaign(change, leads) {
      return database.transact(async (tx) => {
        const listId = await insertList(tx, {
          name: `${change.name} list`,
          country: "CN",
          columns: [{ key: "city", label: "城市" }],
          createdBy: null,
        });
        await insertLeads(
          tx,
          listId,
          leads.map(({ name, phone, city = "" }) => ({ name, phone, city, product: "", due: "" })),
        );
        const base = {
          hours: always,
          attempts: { perLead: 1, perNumberPerDay: 20, minGapMs: 0 },
          retries: {},
          listIds: [listId],
          trunkIds: [trunkId],
        };
        const { id } = await createCampaign(tx, campaignInput.parse({ ...base, ...change }), null);
        await commandCampaign(tx, id, "start", new Date());
        return id;
      });
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
