import { sql } from "kysely";
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

/** So many leads are looked at for one page. */
const pageLooks = 10_000;
const batch = 500;
const statusOf: Partial<Record<FunnelReason, "callback" | "done" | "excluded">> = {
  callback: "callback",
  excluded: "excluded",
  done: "done",
  "invalid-number": "done",
};

/** The leads behind a count, in the order of import; `next` goes on from there, null: that was all. */
export async function leadsOfReason(
  parts: WhyParts,
  campaign: CampaignDetail,
  asked: { reason: FunnelReason; after: number; pageSize: number },
  now: number,
): Promise<{ ids: number[]; next: number | null }> {
  const ids: number[] = [];
  const columns = examinedColumns(campaign, now);
  const status = statusOf[asked.reason] ?? "ready";
  let { after } = asked;
  for (let looked = 0; looked < pageLooks; looked += batch) {
    const { rows } = await sql<ExaminedRow>`
      select ${columns} from unnest(${campaign.listIds}::integer[]) as of (list_id) cross join lateral (
        select * from leads where list_id = of.list_id and status = ${status} and id > ${after}
        order by id limit ${batch}) as l
      order by l.id limit ${batch}`.execute(parts.database.db);
    for (const answer of await examine(parts, campaign, rows, now)) {
      if (answer.reason === asked.reason) ids.push(answer.leadId);
      after = answer.leadId;
      if (ids.length === asked.pageSize) return { ids, next: after };
    }
    if (rows.length < batch) return { ids, next: null };
  }
  return { ids, next: after };
}
