import {
  type CampaignDetail,
  type CampaignFunnel,
  type FunnelReason,
  funnelReasons,
} from "../../../../shared/campaigns.ts";
import { isOpen, nextOpening } from "../../../../shared/hours.ts";
import type { Random } from "../../../kernel/random.ts";
import { findStartProblems } from "../../campaigns/index.ts";
import {
  byPlace,
  countLeads,
  countReadyByZone,
  estimateOf,
  nextDue,
  sampleLeads,
} from "../../lists/index.ts";
import { type Examined, examine, type ExaminedRow, examinedColumns, type WhyParts } from "./examine.ts";

/** So many ready leads are examined one by one; a list of more is judged by as many. */
const readySample = 400;
const doneSample = 200;

type Counts = CampaignFunnel["reasons"][number];
const exactly = (reason: FunnelReason, leads: number): Counts => ({
  reason,
  leads,
  low: leads,
  high: leads,
  exact: true,
});

/**
 * Where the campaign's leads are and why they are not dialled now: each counts once. Statuses are counts that are kept;
 * what stops a ready lead is asked of each one, or of a sample when there are many, and says in which interval it lies.
 */
export async function campaignFunnelOf(
  parts: WhyParts & { random: Random },
  campaign: CampaignDetail,
  now: number,
): Promise<CampaignFunnel> {
  const { database, random } = parts;
  const { db } = database;
  const counts = await countLeads(db, campaign.listIds);
  const sum = (key: "total" | "claimed" | "callback" | "excluded") =>
    [...counts.values()].reduce((n, count) => n + count[key], 0);
  const columns = examinedColumns(campaign, now);
  const reasons: Counts[] = (["claimed", "callback", "excluded"] as const).map((key) =>
    exactly(key, sum(key)),
  );
  for (const [status, size] of [
    ["ready", readySample],
    ["done", doneSample],
  ] as const) {
    const strata = [...counts].map(([listId, n]) => ({
      listId,
      status,
      leads: status === "ready" ? n.ready + n.claimed : n.done,
    }));
    const sample = await sampleLeads<ExaminedRow>(db, strata, size, random, columns);
    // A claimed lead lies among the ready ones, and is counted already.
    const free = sample.leads.filter(({ lead }) => lead.status === status);
    const answers = new Map<number, Examined>();
    for (const answer of await examine(
      parts,
      campaign,
      free.map(({ lead }) => lead),
      now,
    ))
      answers.set(answer.leadId, answer);
    const whole = [...counts.values()].reduce((n, count) => n + count[status], 0);
    for (const reason of new Set([...answers.values()].map((answer) => answer.reason))) {
      const places = byPlace(free, (lead) => answers.get(lead.id)?.reason === reason);
      reasons.push({ reason, ...estimateOf(whole, places, sample.exact) });
    }
  }
  const zones = await countReadyByZone(db, campaign.listIds);
  return {
    total: sum("total"),
    reasons: funnelReasons.map(
      (reason) => reasons.find((counted) => counted.reason === reason) ?? exactly(reason, 0),
    ),
    zones: zones.map(({ timeZone, ready, owned }) => {
      const callable = isOpen(campaign.hours, now, timeZone);
      const opensAt = callable ? null : nextOpening(campaign.hours, now, timeZone);
      return {
        timeZone,
        ready: ready + owned,
        callable,
        opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
      };
    }),
    nextDueAt: (await nextDue(db, campaign.listIds, new Date(now)))?.toISOString() ?? null,
    problems: await findStartProblems(db, campaign),
  };
}
