import type { AudioTrouble, CallLeg, CallQuality, LegQuality, LiveQuality } from "../../../shared/quality.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type Database, isConnectionLost } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { QualityTally, worstMos } from "../../switch/leg-quality.ts";
import type { SwitchEvent } from "../../switch/switch.ts";
import type { ActiveCall } from "./active-call.ts";
import { writeQualities } from "./queries-quality.ts";
import type { CallRunner } from "./runner.ts";

/** What is known of a call that was answered, until its figures are stored. */
interface Heard {
  readonly call: ActiveCall;
  readonly tallies: Record<CallLeg, QualityTally>;
  readonly now: Record<CallLeg, LegQuality | null>;
  readonly troubles: Map<string, { leg: CallLeg; trouble: AudioTrouble; since: number }>;
  /** The customer's leg is gone: its last counts may still come. */
  endedAt: number | undefined;
}

export interface QualityWatch extends AsyncDisposable {
  onSwitchEvent(event: SwitchEvent): void;
  /** Of the last seconds; undefined for a call that is over or was not answered. */
  live(callId: string): LiveQuality | undefined;
}

const flushMs = 500;
/** The last counts of a leg come right after its end. */
const lastCountsMs = 1000;

/**
 * Rates both legs of every answered call while it lasts, notes troubles in its journal, and stores the figures after
 * its end, in batches. An agent's leg counts for the call they are on.
 */
export function createQualityWatch(deps: {
  database: Database;
  runner: CallRunner;
  callOfAgentLeg: (legId: string) => ActiveCall | undefined;
  clock: Clock;
  events: EventBus;
  log: Log;
}): QualityWatch {
  const { database, runner, clock, events, log } = deps;
  const calls = new Map<string, Heard>();
  const byCustomerLeg = new Map<string, Heard>();
  /** For while the database is gone. */
  let unwritten: { callId: string; quality: CallQuality }[] = [];
  let running: Promise<void> | undefined;

  function heardOf(call: ActiveCall): Heard {
    const known = calls.get(call.id);
    if (known) return known;
    const heard: Heard = {
      call,
      tallies: { customer: new QualityTally(), agent: new QualityTally() },
      now: { customer: null, agent: null },
      troubles: new Map(),
      endedAt: undefined,
    };
    calls.set(call.id, heard);
    byCustomerLeg.set(call.legId, heard);
    return heard;
  }

  function legOf(legId: string): { heard: Heard; leg: CallLeg } | undefined {
    const known = byCustomerLeg.get(legId);
    if (known) return { heard: known, leg: "customer" };
    const own = runner.byLeg(legId);
    if (own)
      return own.answeredAt !== null && own.legUp ? { heard: heardOf(own), leg: "customer" } : undefined;
    const call = deps.callOfAgentLeg(legId);
    if (!call || call.connectedAt === null || call.endedAt !== null) return undefined;
    return { heard: heardOf(call), leg: "agent" };
  }

  function tell({ call }: Heard): void {
    events.publish("call.quality", { callId: call.id, agentUserId: call.core.agentUserId });
  }

  function counted(
    { heard, leg }: { heard: Heard; leg: CallLeg },
    event: SwitchEvent & { type: "leg-stats" },
  ) {
    heard.tallies[leg].add(event.stats);
    const now = new QualityTally().add(event.stats).quality();
    // The party reports less often than we count.
    heard.now[leg] = now && { ...now, out: now.out ?? heard.now[leg]?.out ?? null };
    if (leg === "customer" && heard.endedAt !== undefined) heard.endedAt = -Infinity;
    else tell(heard);
  }

  function troubled(
    { heard, leg }: { heard: Heard; leg: CallLeg },
    event: SwitchEvent & { type: "leg-trouble" },
  ) {
    const { trouble, on, sinceMs, at } = event;
    const key = `${leg} ${trouble}`;
    if (on) heard.troubles.set(key, { leg, trouble, since: at - sinceMs });
    else heard.troubles.delete(key);
    const { call } = heard;
    // Everything ends with the call; that is no repair.
    if (call.endedAt === null)
      runner.note(call, on ? "audio-trouble" : "audio-restored", { at, data: { leg, trouble, sinceMs } });
    tell(heard);
  }

  function storedOf({ tallies }: Heard): CallQuality | undefined {
    const [customer, agent] = [tallies.customer.quality(), tallies.agent.quality()];
    const mos = worstMos([customer, agent]);
    return mos === undefined ? undefined : { mos, customer, agent };
  }

  async function flush(isLast: boolean): Promise<void> {
    const due = [...calls.values()].filter(
      ({ endedAt }) => isLast || (endedAt !== undefined && clock.now() - endedAt >= lastCountsMs),
    );
    for (const { call } of due) {
      calls.delete(call.id);
      byCustomerLeg.delete(call.legId);
    }
    const own = due.flatMap((heard) => {
      const quality = storedOf(heard);
      return quality ? [{ callId: heard.call.id, quality }] : [];
    });
    const rows = [...unwritten, ...own];
    unwritten = [];
    try {
      if (rows.length > 0) await database.transact((tx) => writeQualities(tx, rows));
    } catch (error) {
      if (isConnectionLost(error) && !isLast) {
        unwritten = rows;
        return;
      }
      log.error({ err: error, calls: rows.length }, "the quality of calls could not be stored");
    }
  }

  const timer = clock.every(flushMs, () => {
    if ((calls.size === 0 && unwritten.length === 0) || running) return;
    running = flush(false).finally(() => (running = undefined));
  });

  return {
    onSwitchEvent(event) {
      if (event.type === "leg-ended") {
        const heard = byCustomerLeg.get(event.legId);
        if (heard) heard.endedAt = event.at;
        return;
      }
      if (event.type !== "leg-stats" && event.type !== "leg-trouble") return;
      const found = legOf(event.legId);
      if (!found) return;
      if (event.type === "leg-stats") counted(found, event);
      else troubled(found, event);
    },
    live(callId) {
      const heard = calls.get(callId);
      if (!heard || heard.call.endedAt !== null) return undefined;
      return {
        callId,
        at: new Date(clock.now()).toISOString(),
        ...heard.now,
        troubles: [...heard.troubles.values()].map(({ leg, trouble, since }) => ({
          leg,
          trouble,
          since: new Date(since).toISOString(),
        })),
      };
    },
    async [Symbol.asyncDispose]() {
      timer.cancel();
      await running;
      await flush(true);
    },
  };
}
