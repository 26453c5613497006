/**
 * The compliance gate as a pure rule: facts in, decision out. What it looked at is stored with the answer, so
 * that any decision can be replayed (`mayDial(facts)` again) years later: the facts name the versions of the
 * rule packs, which are kept, and facts without packs are judged as they were in 2026.1.
 */
import type { CallOrigin } from "../../../shared/calls.ts";
import type { RulePack } from "../../../shared/rule-packs.ts";
import type { Decision, DialFacts, Verdict } from "./facts.ts";
import {
  type Case,
  consent,
  legalAttempts,
  legalHours,
  legalHoursVerdict,
  lockOut,
  ownRegisters,
  publicRegisters,
} from "./legal-rules.ts";
import {
  campaignHours,
  doNotCall,
  hours,
  minGap,
  openCall,
  perLead,
  perNumber,
  perPerson,
} from "./own-rules.ts";
import { allOpenFrom } from "./rules/opening.ts";
import { builtInPacks, rulesOf } from "./rules/rule-packs.ts";

/** Changes with every change of the rules in code; packs have versions of their own. */
export const rulesVersion = "2026.2";

/**
 * Somebody asked for this call, the person called or the customer who is put through: limits on how often we may
 * try, consent and public registers do not apply; hours, do-not-call and complaints do.
 */
const askedFor = new Set<CallOrigin>(["callback", "transfer"]);

function versionOf({ legal }: DialFacts): string {
  if (!legal) return "2026.1";
  const packs = legal.packs.map(({ id, version }) => `${id}@${version}`);
  return [rulesVersion, ...packs].join(" ");
}

/** All verdicts, in the order in which they are shown. */
function verdictsOf(facts: DialFacts, call: Case | undefined): Verdict[] {
  const asked = askedFor.has(facts.origin);
  const limits = asked ? [] : [perLead(facts), perNumber(facts), minGap(facts), ...perPerson(facts)];
  if (!call) return [doNotCall(facts), hours(facts), openCall(facts), ...limits];
  return [
    doNotCall(facts),
    ...ownRegisters(call),
    hours(facts),
    ...legalHoursVerdict(call),
    openCall(facts),
    lockOut(call, asked),
    ...limits,
    ...(asked ? [] : [...legalAttempts(call), ...consent(call), ...publicRegisters(call)]),
  ];
}

/**
 * May this number be dialled at `facts.at`? All rules are asked, so that a refusal names every reason. A lead's
 * next try is the latest of the refusing rules' times, moved into hours that are open by every rule. `packs`: all
 * versions that any decision may name. Throws when the facts name a version that is not among them.
 */
export function mayDial(facts: DialFacts, packs: readonly RulePack[] = builtInPacks): Decision {
  const { legal } = facts;
  const call = legal && { facts, legal, rules: rulesOf(packs, legal.packs) };
  const verdicts = verdictsOf(facts, call);
  const refusals = verdicts.filter((v) => !v.allowed);
  const times = refusals.map((v) => v.retryAt ?? null);
  const latest = times.includes(null) ? null : Math.max(...(times as number[]));
  const open = [...campaignHours(facts), ...(call ? legalHours(call) : [])];
  return {
    allowed: refusals.length === 0,
    reasons: verdicts.map(({ rule, allowed, detail }) => ({ rule, allowed, detail })),
    rulesVersion: versionOf(facts),
    retryAt: refusals.length === 0 || latest === null ? null : allOpenFrom(open, latest),
  };
}
