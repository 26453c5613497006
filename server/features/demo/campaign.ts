import { type CampaignInput, campaignInput } from "../../../shared/campaigns.ts";
import { aroundTheClock } from "../../../shared/week.ts";
import { trunkInput } from "../../../shared/trunks.ts";
import type { Tx } from "../../kernel/db.ts";
import { campaignTemplateIn, commandCampaign, createCampaign } from "../campaigns/index.ts";
import { ensureTrunk } from "../trunks/index.ts";
import { peopleToCall } from "./people-to-call.ts";
import { seedBroadcast } from "./broadcast.ts";
import { insertLeads, insertList } from "./queries.ts";
import { seedScripts } from "./scripts.ts";
import { seedServiceLine } from "./service-line.ts";

const columns = [
  { key: "city", label: "城市 City" },
  { key: "product", label: "险种 Product" },
  { key: "due", label: "到期日 Due" },
];

/** Makes, or brings up to date, the trunk to the simulated carrier that listens on this port of this machine. */
export function ensureSimulatedTrunk(tx: Tx, port: number): Promise<number> {
  const input = trunkInput.parse({
    name: "模拟运营商 Simulated carrier",
    host: "127.0.0.1",
    port,
    country: "CN",
    maxChannels: 200,
    maxCallsPerSecond: 50,
    callerIds: ["+8675500000000"],
  });
  return ensureTrunk(tx, input);
}

/**
 * A list of 200 people and two campaigns on it, the progressive one running, so that an agent who goes ready
 * has a call within seconds. They dial around the clock, for the numbers are nobody's.
 */
export async function seedCampaigns(
  tx: Tx,
  { trunkId, databaseId }: { trunkId: number; databaseId: number | null },
  ids: Record<string, number>,
  at: Date,
): Promise<void> {
  const managerId = ids.manager ?? null;
  const agentIds = ["agent1", "agent2", "agent3", "agent4"].flatMap((login) => ids[login] ?? []);
  const listId = await insertList(tx, {
    name: "演示名单 Demo list",
    country: "CN",
    columns,
    createdBy: managerId,
  });
  await insertLeads(tx, listId, peopleToCall(200));
  const base = {
    ...campaignTemplateIn("zh"),
    hours: aroundTheClock,
    ringTimeoutMs: 20_000,
    listIds: [listId],
    trunkIds: [trunkId],
    agentIds,
  };
  const campaign = (own: Pick<CampaignInput, "name" | "mode" | "note" | "scriptId">) =>
    createCampaign(tx, campaignInput.parse({ ...base, ...own }), managerId);
  const scripts = await seedScripts(tx, managerId, at);
  const progressive = await campaign({
    scriptId: scripts.script,
    name: "续保回访 Renewals",
    mode: "progressive",
    note: "演示任务：一人一线，自动拨打。",
  });
  await campaign({
    scriptId: scripts.questionnaire,
    name: "预览演示 Preview",
    mode: "preview",
    note: "演示任务：先看资料，再由坐席拨打。",
  });
  await commandCampaign(tx, progressive.id, "start", at);
  await seedBroadcast(tx, base, managerId, at);
  await seedServiceLine(tx, { agentIds, campaignId: progressive.id, managerId, databaseId }, at);
}
