/** Why a lead of a campaign is, or is not, dialled now. Pure: the gate's own decision is one of its facts. */
import type { FunnelReason } from "../../../../shared/campaigns.ts";
import type { LeadStatus } from "../../../../shared/lists.ts";

export interface WhyFacts {
  status: LeadStatus;
  statusReason: string | null;
  /** The campaign's filter keeps it. */
  kept: boolean;
  quotaReached: boolean;
  attempts: number;
  maxAttempts: number;
  /** null: anybody's; else is the agent, or one of the unit, signed in to the campaign? */
  ownerPresent: boolean | null;
  /** ms; -Infinity: at once. */
  dueAt: number;
  /** What the gate says of it now: rules that refuse, and when it would allow (ms; null: never by itself). */
  refused: readonly { rule: string; holiday: boolean }[];
  retryAt: number | null;
  /** No number of the campaign's pool can be shown before then (ms); null: one can, or it has no pool. */
  numbersFrom: number | null;
}

export interface Why {
  reason: FunnelReason;
  /** From then on it may be dialled (ms); null: at once, or not by itself. */
  from: number | null;
}

const ofRule: Record<string, FunnelReason> = {
  "do-not-call": "do-not-call",
  register: "do-not-call",
  "public-register": "do-not-call",
  consent: "no-consent",
  "attempts-per-lead": "no-attempts-left",
  "lock-out": "locked-out",
  /** A do-not-call entry that somebody or a rule set as a lock. */
  lock: "locked-out",
  hours: "outside-hours",
  "legal-hours": "outside-hours",
  "open-call": "in-another-call",
};
/** What lasts comes before what passes, so that a lead is told what to do about it. */
const lasting: readonly FunnelReason[] = ["do-not-call", "no-consent", "no-attempts-left"];
const passing: readonly FunnelReason[] = [
  "locked-out",
  "holiday",
  "outside-hours",
  "attempt-limits",
  "in-another-call",
];

/** Reasons of leads that are done, by which their number is none. */
export const invalidReasons: ReadonlySet<string> = new Set(["invalid-number", "fax"]);

/** Reasons of leads that are done, by which nobody was reached and nobody may try again. */
export const exhaustedReasons: ReadonlySet<string> = new Set(["attempts", "tries", "attempt-limit"]);

const never = (reason: FunnelReason): Why => ({ reason, from: null });

export function whyOf(lead: WhyFacts, now: number): Why {
  if (lead.status === "done" && lead.statusReason !== null && invalidReasons.has(lead.statusReason))
    return never("invalid-number");
  if (lead.status === "done" && lead.statusReason !== null && exhaustedReasons.has(lead.statusReason))
    return never("exhausted");
  if (lead.status !== "ready") return never(lead.status);
  if (!lead.kept) return never("filtered-out");
  if (lead.quotaReached) return never("quota-reached");
  if (lead.attempts >= lead.maxAttempts) return never("no-attempts-left");
  const gate = lead.refused.map(({ rule, holiday }) =>
    holiday ? "holiday" : (ofRule[rule] ?? "attempt-limits"),
  );
  const from = Math.max(lead.dueAt, lead.retryAt ?? -Infinity);
  const lasts = lasting.find((reason) => gate.includes(reason));
  if (lasts) return { reason: lasts, from: lead.retryAt === null ? null : from };
  if (lead.ownerPresent === false) return never("owner-absent");
  if (lead.dueAt > now) return { reason: "due-later", from };
  const passes = passing.find((reason) => gate.includes(reason));
  if (passes) return { reason: passes, from: Number.isFinite(from) ? from : null };
  if (lead.numbersFrom !== null) return { reason: "caller-ids", from: Math.max(from, lead.numbersFrom) };
  return never("dialable");
}
