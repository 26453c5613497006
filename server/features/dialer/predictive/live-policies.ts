/** One policy for each running predictive campaign: loaded, asked, and saved so that a restart goes on intact. */
import type { CampaignDetail } from "../../../../shared/campaigns.ts";
import { openMinutesLeft, wallClock } from "../../../../shared/hours.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import type { EventBus } from "../../../kernel/events.ts";
import type { Log } from "../../../kernel/log.ts";
import type { Agent, AgentRegistry } from "../../agents/index.ts";
import type { Calls } from "../../calls/index.ts";
import { readSettings } from "../../settings/index.ts";
import type { LawWindow } from "../abandon-law.ts";
import type { DialledCampaign } from "../campaign-cache.ts";
import type { Limit, Prediction } from "../pacing.ts";
import type { GivingUp } from "../give-up.ts";
import { leastRingingMs } from "../give-up.ts";
import { answersOfDay, readPacingState, savePacingState } from "../queries-pacing.ts";
import type { BudgetState, BudgetView } from "./budget.ts";
import type { HeldLead } from "./lead-buffer.ts";
import {
  createPolicy,
  type Decision,
  nextDay,
  type Outlook,
  type Policy,
  type PolicyOptions,
  type Situation,
} from "./policy.ts";
import { shareAgents } from "./share-agents.ts";
import { createSteadyTime } from "./steady-time.ts";
import { isPaced, watchCalls } from "./watch-calls.ts";

/** What a campaign may dial with. */
export interface Offer {
  agents: readonly Agent[];
  linesFree: number;
  leads: readonly HeldLead[];
  law: readonly LawWindow[];
}

export interface LivePolicies extends Disposable {
  /** Before a look: loads what is missing, saves every ten seconds, begins a new day. */
  prepare(running: readonly CampaignDetail[]): Promise<void>;
  /** Agents whom each of these campaigns may begin to dial for, whatever its mode. */
  share(campaigns: readonly CampaignDetail[]): Map<number, Agent[]>;
  decide(entry: DialledCampaign, offer: Offer): Prediction;
  /** What its policy expects and what is left of its budget; undefined: none runs. */
  insight(campaignId: number): Insight | undefined;
  save(): Promise<void>;
}

export interface Insight {
  budget: BudgetView & BudgetState;
  outlook: Outlook;
}

interface LivePolicy {
  policy: Policy;
  /** The last decision and what it was made of. */
  last?: { decision: Decision; situation: Situation };
  options: PolicyOptions;
  day: string;
}

const saveEveryMs = 10_000;
/** A team may go home before the hours end: no answers beyond this are counted on. */
const furthestSeconds = 4 * 3600;
const limits: Record<Decision["limit"], Limit> = {
  agents: "agents-busy",
  lines: "trunk-limit",
  cold: "learning",
  chance: "chance",
  budget: "budget",
};
const states = { ready: "idle", talking: "talking", "wrap-up": "wrap-up" } as const;

const optionsOf = (campaign: CampaignDetail): PolicyOptions => ({
  ceiling: campaign.abandonCeiling,
  patienceSeconds: campaign.abandonAfterMs / 1000,
  ringTimeoutSeconds: campaign.ringTimeoutMs / 1000,
  cancelAfterSeconds: leastRingingMs / 1000,
});

/** With the budget spent, one line for each free agent; the oldest of the others. */
function tooMany({ agents: team, ringing, waiting }: Situation): string[] {
  const idle = team.filter(({ state }) => state === "idle").length - waiting;
  const more = Math.max(0, ringing.length - Math.max(0, idle));
  return ringing
    .filter(({ rangAt }) => rangAt === -Infinity)
    .slice(0, more)
    .map(({ id }) => id);
}

export function createLivePolicies(deps: {
  database: Database;
  agents: AgentRegistry;
  isSpare: (userId: number) => boolean;
  calls: Calls;
  givingUp: GivingUp;
  clock: Clock;
  events: EventBus;
  log: Log;
}): LivePolicies {
  const { database, agents, calls, givingUp, clock, events, log } = deps;
  const live = new Map<number, LivePolicy>();
  const time = createSteadyTime(clock);
  const watch = watchCalls({ policyOf: (id) => live.get(id)?.policy, calls, events, time });
  let timeZone = "UTC";
  let savedAt = -Infinity;

  /** The day's counts are read from its calls: what a crash left unsaved is among them. */
  async function load(campaign: CampaignDetail, day: string): Promise<void> {
    const [saved, counts] = await Promise.all([
      readPacingState(database.db, campaign.id),
      answersOfDay(database.db, { campaignId: campaign.id, day, timeZone }),
    ]);
    const options = optionsOf(campaign);
    let fresh = createPolicy(options).save();
    try {
      if (saved) fresh = createPolicy(options, saved.day === day ? saved.state : nextDay(saved.state)).save();
    } catch (error) {
      log.error({ err: error, campaignId: campaign.id }, "what was learned cannot be read: it begins anew");
    }
    const state = { ...fresh, budget: { ...fresh.budget, ...counts } };
    live.set(campaign.id, { policy: createPolicy(options, state), options, day });
    savedAt = -Infinity;
  }

  /** Another day, be it that the clock was set, has counts of its own, which its calls tell. */
  async function refresh(id: number, known: LivePolicy, options: PolicyOptions, day: string): Promise<void> {
    const changed = (Object.keys(options) as (keyof PolicyOptions)[]).some(
      (key) => options[key] !== known.options[key],
    );
    if (!changed && known.day === day) return;
    const counts =
      known.day === day ? {} : await answersOfDay(database.db, { campaignId: id, day, timeZone });
    const saved = known.policy.save();
    const state = known.day === day ? saved : nextDay(saved);
    const policy = createPolicy(options, { ...state, budget: { ...state.budget, ...counts } });
    live.set(id, { policy, options, day });
  }

  async function save(): Promise<void> {
    if (live.size === 0) return;
    const at = new Date(clock.now());
    await database.transact(async (tx) => {
      for (const [id, { policy, day }] of live)
        await savePacingState(tx, id, { day, state: policy.save() }, at);
    });
  }

  /** Those whose campaign no longer dials go when their last call has. */
  function dropIdle(running: ReadonlySet<number>): void {
    const flying = new Set(calls.active().map((call) => call.plan.campaign?.id));
    for (const id of live.keys()) if (!running.has(id) && !flying.has(id)) live.delete(id);
  }

  function situationOf(campaign: CampaignDetail, zones: readonly string[], offer: Offer): Situation {
    const now = clock.now();
    const paced = calls.active().filter((call) => isPaced(call) && call.plan.campaign?.id === campaign.id);
    const ringing = paced.filter(
      ({ id, core }) =>
        core.endedBy === null &&
        (core.state === "dialling" || core.state === "ringing") &&
        !givingUp.wasGivenUp(id),
    );
    const { minute } = wallClock(now, timeZone);
    const open = zones.map((zone) => openMinutesLeft(campaign.hours, now, zone));
    return {
      now: time.seconds(),
      agents: offer.agents.map((agent) => ({
        state: states[agent.state as keyof typeof states],
        since: watch.since(agent),
      })),
      ringing: ringing
        .map((call) => ({ ...watch.paced(call), rangAt: givingUp.mayBe(call.id) ? -Infinity : Infinity }))
        .sort((a, b) => a.dialledAt - b.dialledAt),
      waiting: paced.filter(({ core }) => core.state === "waiting" && !core.abandoned).length,
      nextList: ringing.at(-1)?.plan.listId ?? campaign.listIds[0] ?? 0,
      buffer: offer.leads,
      linesFree: offer.linesFree,
      law: offer.law,
      secondsLeft: Math.min(furthestSeconds, 60 * Math.min(1440 - minute, Math.max(0, ...open))),
    };
  }

  return {
    async prepare(running) {
      const own = running.filter((campaign) => campaign.mode === "predictive");
      if (own.length === 0 && live.size === 0) return;
      const now = clock.now();
      if (Math.abs(now - savedAt) >= saveEveryMs) {
        timeZone = (await readSettings(database.db)).timeZone;
        savedAt = now;
        // What cannot be written now is written the next time; the budget is kept in the calls themselves.
        await save().then(
          () => dropIdle(new Set(own.map(({ id }) => id))),
          (error: unknown) => log.error({ err: error }, "what the dialler learned could not be saved"),
        );
      }
      const { date: day } = wallClock(now, timeZone);
      for (const campaign of own) {
        const known = live.get(campaign.id);
        if (known) await refresh(campaign.id, known, optionsOf(campaign), day);
        else await load(campaign, day);
      }
    },
    share: (campaigns) =>
      shareAgents(
        agents.all().filter(({ userId }) => deps.isSpare(userId)),
        campaigns,
        (userId) => watch.talks(userId),
      ),
    decide({ campaign, zones }, offer) {
      const known = live.get(campaign.id);
      if (!known) return { dials: 0, limit: "agents-busy" };
      const situation = situationOf(campaign, zones, offer);
      const decision = known.policy.decide(situation);
      known.last = { decision, situation };
      return {
        dials: decision.dial,
        limit: limits[decision.limit],
        prefer: decision.chosen.map((place) => offer.leads[place]!.callId),
        giveUp: decision.limit === "budget" ? tooMany(situation) : decision.cancel,
      };
    },
    insight(campaignId) {
      const known = live.get(campaignId);
      if (!known?.last) return undefined;
      const { decision, situation } = known.last;
      return {
        budget: { ...decision.budget, ...known.policy.budget },
        outlook: known.policy.outlook(situation),
      };
    },
    save,
    [Symbol.dispose]() {
      watch[Symbol.dispose]();
      time[Symbol.dispose]();
    },
  };
}
