import { sql } from "kysely";
import { campaignInput, type CampaignInput } from "../../shared/campaigns.ts";
import { trunkInput, type TrunkInput } from "../../shared/trunks.ts";
import { aroundTheClock } from "../../shared/week.ts";
import type { Carrier } from "../../tools/carrier/carrier.ts";
import type { Database } from "../../server/kernel/db.ts";
import type { Person } from "./person.ts";

export interface SeededCampaign {
  id: number;
  listId: number;
  trunkId: number;
  /** By label. */
  dispositions: Record<string, number>;
  leadIds: number[];
  command(command: "start" | "pause" | "stop"): Promise<void>;
}

export interface CampaignSeed extends Partial<CampaignInput> {
  phones: readonly string[];
  agents?: readonly { userId: number }[];
  trunk?: Partial<TrunkInput>;
}

export interface Seed {
  /** A trunk to the bed's carrier, or to another place. */
  trunk(change?: Partial<TrunkInput>): Promise<number>;
  list(phones: readonly string[]): Promise<{ listId: number; leadIds: number[] }>;
  /** A campaign with a list of these numbers, open around the clock, not yet started. */
  campaign(seed: CampaignSeed): Promise<SeededCampaign>;
}

/** What tests start from, made as people make it: over HTTP, but for leads, whose import has tests of its own. */
export function createSeed(deps: {
  database: Database;
  carrier: Pick<Carrier, "host" | "port">;
  manager: Person;
}): Seed {
  const { database, carrier, manager } = deps;
  let number = 0;

  async function trunk(change: Partial<TrunkInput> = {}): Promise<number> {
    const input = trunkInput.parse({
      name: `trunk ${++number}`,
      host: carrier.host,
      port: carrier.port,
      country: "CN",
      maxChannels: 500,
      maxCallsPerSecond: 200,
      callerIds: ["+8675512345678"],
      ...change,
    });
    const { id } = await manager.ask("POST", "/trunks", input);
    return id as number;
  }

  async function list(phones: readonly string[]) {
    return database.transact(async (tx) => {
      const { id: listId } = await tx
        .insertInto("lists")
        .values({ name: `list ${++number}`, country: "CN", columns: "[]", created_by: manager.userId })
        .returning("id")
        .executeTakeFirstOrThrow();
      const { rows } = await sql<{ id: number }>`
        insert into leads (list_id, phone, name, time_zone)
        select ${listId}, p.phone, 'person ' || p.n - 1, 'Asia/Shanghai'
        from unnest(${phones}::text[]) with ordinality as p (phone, n) order by p.n returning id`.execute(tx);
      return { listId, leadIds: rows.map((row) => row.id) };
    });
  }

  return {
    trunk,
    list,
    async campaign({ phones, agents = [], trunk: trunkChange, ...change }) {
      const trunkId = change.trunkIds?.[0] ?? (await trunk(trunkChange));
      const { listId, leadIds } = await list(phones);
      const input = campaignInput.parse({
        name: `campaign ${++number}`,
        mode: "progressive",
        hours: aroundTheClock,
        attempts: { perLead: 5, perNumberPerDay: 20, minGapMs: 0 },
        retries: {},
        dispositions: [
          { label: "sold", effect: "done", success: true, children: [] },
          { label: "later", effect: "callback", success: false, children: [] },
          { label: "again", effect: "retry", success: false, children: [] },
          { label: "never", effect: "do-not-call", success: false, children: [] },
        ],
        listIds: [listId],
        agentIds: agents.map((agent) => agent.userId),
        ...change,
        trunkIds: change.trunkIds ?? [trunkId],
      });
      const made = await manager.ask("POST", "/campaigns", input);
      const id = made.id as number;
      const tree = made.dispositions as { id: number; label: string }[];
      return {
        id,
        listId,
        leadIds,
        trunkId,
        dispositions: Object.fromEntries(tree.map((node) => [node.label, node.id])),
        command: (command) => manager.ask("POST", `/campaigns/${id}/${command}`),
      };
    },
  };
}
