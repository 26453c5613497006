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
import type { DialledCampaign } from "../campaign-cache.ts";
import type { Limit } from "../pacing.ts";
import { answersOfDay, readPacingState, savePacingState } from "../queries-pacing.ts";
import { createPolicy, type Decision, nextDay, type Policy, type PolicyOptions } from "./policy.ts";
import { shareAgents } from "./share-agents.ts";
import { isPaced, pacedCall, watchCalls } from "./watch-calls.ts";

export interface LivePolicies extends Disposable {
  /** Before a look: loads what is missing, saves every ten seconds, begins a new day. */
  prepare(running: readonly CampaignDetail[]): Promise<void>;
  /** Agents whom each predictive one of these campaigns may count on. */
  share(campaigns: readonly CampaignDetail[]): Map<number, Agent[]>;
  decide(
    entry: DialledCampaign,
    offer: { agents: readonly Agent[]; linesFree: number },
  ): { dials: number; limit: Limit };
  save(): Promise<void>;
}

interface LivePolicy {
  policy: Policy;
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
  cancelAfterSeconds: Infinity,
});

export function createLivePolicies(deps: {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  clock: Clock;
  events: EventBus;
  log: Log;
}): LivePolicies {
  const { database, agents, calls, clock, events, log } = deps;
  const live = new Map<number, LivePolicy>();
  const watch = watchCalls({ policyOf: (id) => live.get(id)?.policy, calls, events });
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

  function refresh(id: number, known: LivePolicy, options: PolicyOptions, day: string): void {
    const changed = (Object.keys(options) as (keyof PolicyOptions)[]).some(
      (key) => options[key] !== known.options[key],
    );
    if (!changed && known.day === day) return;
    const state = known.policy.save();
    const policy = createPolicy(options, known.day === day ? state : nextDay(state));
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
        if (known) refresh(campaign.id, known, optionsOf(campaign), day);
        else await load(campaign, day);
      }
    },
    share: (campaigns) =>
      shareAgents(
        agents.all(),
        campaigns.filter(({ id, mode }) => mode === "predictive" && live.has(id)),
      ),
    decide({ campaign, zones }, offer) {
      const now = clock.now();
      const paced = calls.active().filter((call) => isPaced(call) && call.plan.campaign?.id === campaign.id);
      const ringing = paced.filter(
        ({ core }) => core.endedBy === null && (core.state === "dialling" || core.state === "ringing"),
      );
      const { minute } = wallClock(now, timeZone);
      const open = zones.map((zone) => openMinutesLeft(campaign.hours, now, zone));
      const decision = live.get(campaign.id)!.policy.decide({
        now: now / 1000,
        agents: offer.agents.map(({ state, since }) => ({
          state: states[state as keyof typeof states],
          since: since / 1000,
        })),
        ringing: ringing.map(pacedCall).sort((a, b) => a.dialledAt - b.dialledAt),
        waiting: paced.filter(({ core }) => core.state === "waiting" && !core.abandoned).length,
        nextList: ringing.at(-1)?.plan.listId ?? campaign.listIds[0] ?? 0,
        linesFree: offer.linesFree,
        secondsLeft: Math.min(furthestSeconds, 60 * Math.min(1440 - minute, Math.max(0, ...open))),
      });
      return { dials: decision.dial, limit: limits[decision.limit] };
    },
    save,
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}
