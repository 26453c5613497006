import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { CampaignDetail, CampaignStatus, StartProblem } from "../../../shared/campaigns.ts";
import { poolCanCall } from "../caller-ids/index.ts";
import { needsAgents } from "../../../shared/broadcasts.ts";
import { flowProblems } from "../../../shared/message-flow.ts";
import { countLeads } from "../lists/index.ts";
import { type TrunkSettings, allTrunkSettings } from "../trunks/index.ts";
import { demandUnused } from "../uses/index.ts";
import { type CampaignCommand, nextCampaignStatus } from "./campaign-machine.ts";
import { lockCampaign, setCampaignStatus } from "./queries-save.ts";
import { requireCampaign } from "./save-campaign.ts";

/**
 * What the campaign lacks to dial. Pure. `leads`: on its lists, of any status; `showsNumber`: its pool of caller IDs, where
 * it has one, has a number that one of its trunks may show.
 */
export function startProblemsOf(
  campaign: CampaignDetail,
  trunks: readonly Pick<TrunkSettings, "id" | "enabled">[],
  leads: number,
  showsNumber: boolean,
): StartProblem[] {
  const own = trunks.filter((trunk) => campaign.trunkIds.includes(trunk.id));
  const { agentless } = campaign;
  const alone = campaign.mode === "agentless";
  const byAgents = !alone || (agentless !== null && needsAgents(agentless));
  const problems: (StartProblem | false)[] = [
    campaign.listIds.length === 0 && "no-lists",
    campaign.listIds.length > 0 && leads === 0 && "no-leads",
    own.length === 0 && "no-trunks",
    own.length > 0 && !own.some((trunk) => trunk.enabled) && "trunks-disabled",
    byAgents && campaign.agentIds.length === 0 && "no-agents",
    Object.values(campaign.hours).every((spans) => spans.length === 0) && "no-hours",
    !showsNumber && "no-caller-ids",
    byAgents && campaign.summaryRequired && campaign.dispositions.length === 0 && "no-dispositions",
    alone && (agentless === null || agentless.flow.steps.length === 0) && "no-message",
    alone &&
      agentless !== null &&
      flowProblems(agentless.flow).some((gap) => gap !== "no-steps") &&
      "message-gaps",
  ];
  return problems.filter((problem) => problem !== false);
}

export async function findStartProblems(db: Db, campaign: CampaignDetail): Promise<StartProblem[]> {
  const counts = await countLeads(db, campaign.listIds);
  const leads = [...counts.values()].reduce((sum, count) => sum + count.total, 0);
  const poolId = campaign.callerIdPoolId;
  const showsNumber = poolId === null || (await poolCanCall(db, poolId, campaign.trunkIds));
  return startProblemsOf(campaign, await allTrunkSettings(db), leads, showsNumber);
}

/**
 * Gives the campaign a command. Errors: `campaign-not-ready` 422 with `detail.missing` when it cannot start;
 * `campaign-command-refused` 409 when its status does not take the command; `in-use` 409
 * while a queue or a survey names one that is to be deleted.
 */
export async function commandCampaign(
  tx: Tx,
  id: number,
  command: CampaignCommand,
  at: Date,
): Promise<CampaignStatus | "deleted"> {
  const campaign = await lockCampaign(tx, id);
  if (!campaign) throw notFound("campaign", id);
  const next = nextCampaignStatus(campaign.status, command);
  if (next === null)
    throw conflict("campaign-command-refused", `A ${campaign.status} campaign takes no ${command}.`, {
      status: campaign.status,
      command,
    });
  if (command === "delete") await demandUnused(tx, "campaign", id);
  if (command === "start") {
    const missing = await findStartProblems(tx, await requireCampaign(tx, id));
    if (missing.length > 0)
      throw invalid("campaign-not-ready", `The campaign cannot start: ${missing.join(", ")}.`, { missing });
  }
  await setCampaignStatus(tx, id, next, at);
  return next;
}
