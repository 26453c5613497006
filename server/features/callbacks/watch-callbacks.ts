import { afterCall } from "../../../shared/after-call.ts";
import { callbackLevels } from "../../../shared/callbacks.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type DutyRules, dutyOf } from "./duty.ts";
import "./events.ts";
import { callbacksToWatch, escalate, markReminded, type WatchedCallback } from "./queries.ts";

const everyMs = 5_000;
/** The longest reminder there can be. */
const aheadMs = 86_400_000;
const withoutCampaign = afterCall.parse({});

/**
 * Reminds agents of what they promised and hands up what nobody kept. Everything stands in the database, so that a
 * restart neither forgets nor repeats: an agent who was away is reminded when they are back.
 */
export function watchCallbacks(deps: {
  database: Database;
  agents: Pick<AgentRegistry, "get" | "notice">;
  rulesOf: (campaignIds: readonly number[]) => Promise<ReadonlyMap<number, DutyRules>>;
  clock: Clock;
  events: EventBus;
  log: Log;
}): AsyncDisposable & { look(): Promise<void> } {
  const { database, agents, clock, events, log } = deps;
  /** The last look that was begun; one that is asked for meanwhile comes after it. */
  let looking: Promise<void> | undefined;

  async function serve(callback: WatchedCallback, rules: DutyRules, now: number): Promise<boolean> {
    const { id, userId, campaignId } = callback;
    const promised = {
      ...callback,
      level: callbackLevels[callback.level]!,
      hasTeam: campaignId !== null,
      promisedAt: callback.promisedAt.getTime(),
      snoozedUntil: callback.snoozedUntil?.getTime() ?? null,
    };
    const duty = dutyOf(promised, rules, now);
    if (duty === null) return false;
    if (duty === "remind") {
      if (userId === null || !agents.get(userId)) return false;
      if (!(await database.transact((tx) => markReminded(tx, id, new Date(now))))) return false;
      const { name, phone, timeZone } = callback;
      const at = callback.promisedAt.toISOString();
      agents.notice(userId, "callback-soon", { callbackId: id, name: name || phone.slice(-4), at, timeZone });
      return true;
    }
    if (!(await database.transact((tx) => escalate(tx, id, duty === "to-team" ? 1 : 2)))) return false;
    log.info({ callbackId: id, userId, campaignId, duty }, "callback handed up");
    if (userId !== null)
      agents.notice(userId, "callback-handed-up", { callbackId: id, name: callback.name, to: duty });
    return true;
  }

  async function lookOnce(): Promise<void> {
    const now = clock.now();
    const near = await callbacksToWatch(database.db, new Date(now + aheadMs));
    if (near.length === 0) return;
    const rules = await deps.rulesOf([...new Set(near.flatMap(({ campaignId }) => campaignId ?? []))]);
    const changed: number[] = [];
    for (const callback of near) {
      const own = (callback.campaignId !== null && rules.get(callback.campaignId)) || withoutCampaign;
      if (await serve(callback, own, now)) changed.push(callback.userId ?? 0);
    }
    if (changed.length > 0) events.publish("callbacks.changed", { userIds: changed });
  }

  async function look(): Promise<void> {
    const before = looking;
    const mine = (async () => {
      await before;
      await lookOnce().catch((error: unknown) => log.error({ err: error }, "callbacks could not be watched"));
    })();
    looking = mine;
    await mine;
    if (looking === mine) looking = undefined;
  }

  const timer = clock.every(everyMs, () => void (looking ?? look()));
  return {
    look,
    async [Symbol.asyncDispose]() {
      timer.cancel();
      await looking;
    },
  };
}
