/**
 * How each agent spends the day, in memory, so that a push carries it without a question to the database: read once from
 * `agent_events`, then followed step by step. A day begins at midnight of the company's clock.
 */
import type { AgentState } from "../../../shared/desk.ts";
import { wallClock } from "../../../shared/hours.ts";
import type { AgentDay } from "../../../shared/live.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { readSettings } from "../settings/index.ts";
import { dayOfAgents } from "./queries-day.ts";
import "./events.ts";

/** A talk without a customer is no talk of the day. */
const internal = "internal-call";
type Bucket = "talkMs" | "wrapUpMs" | "readyMs" | "pausedMs";
const bucketOf: Partial<Record<AgentState | typeof internal, Bucket>> = {
  talking: "talkMs",
  "wrap-up": "wrapUpMs",
  ready: "readyMs",
  preview: "readyMs",
  ringing: "readyMs",
  paused: "pausedMs",
};

type Totals = Pick<AgentDay, "talks" | Bucket>;
interface Followed {
  totals: Totals;
  state: AgentState | typeof internal;
  /** When the state began, or the day. */
  at: number;
}
const none = (): Totals => ({ talks: 0, talkMs: 0, wrapUpMs: 0, readyMs: 0, pausedMs: 0 });

export interface AgentDays extends Disposable {
  of(userId: number): AgentDay;
  /** Reads what the day has brought so far; nobody is signed in yet. */
  start(): Promise<void>;
}

const lookMs = 20_000;

export function createAgentDays(deps: {
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
}): AgentDays {
  const { database, clock, events, log } = deps;
  const followed = new Map<number, Followed>();
  let timeZone = "UTC";
  let midnight = midnightOf(clock.now(), timeZone);

  /** The part of a state before midnight belongs to the day before. */
  function close(agent: Followed, now: number): void {
    const bucket = bucketOf[agent.state];
    if (bucket) agent.totals[bucket] += Math.max(0, now - agent.at);
    agent.at = now;
  }

  function turn(): void {
    const today = midnightOf(clock.now(), timeZone);
    if (today === midnight) return;
    midnight = today;
    for (const agent of followed.values())
      Object.assign(agent, { totals: none(), at: Math.max(agent.at, today) });
    events.publish("agent.day-began", { at: today });
  }

  async function read(): Promise<void> {
    ({ timeZone } = await readSettings(database.db));
    midnight = midnightOf(clock.now(), timeZone);
    for (const { userId, state, ms, times } of await dayOfAgents(database.db, new Date(midnight))) {
      const agent = followed.get(userId) ?? { totals: none(), state: "signed-out", at: midnight };
      followed.set(userId, agent);
      const bucket = bucketOf[state];
      if (bucket) agent.totals[bucket] += ms;
      if (state === "talking") agent.totals.talks += times;
    }
  }

  const timer = clock.every(lookMs, turn);
  const stops = [
    events.on("agent.changed", ({ agent: { userId, state: core, cause } }) => {
      const state = core === "talking" && cause === internal ? internal : core;
      const now = clock.now();
      turn();
      const agent = followed.get(userId) ?? { totals: none(), state: "signed-out" as const, at: now };
      followed.set(userId, agent);
      if (agent.state === state) return;
      close(agent, now);
      agent.state = state;
      if (state === "talking") agent.totals.talks++;
    }),
    events.on("settings.changed", ({ settings }) => {
      timeZone = settings.timeZone;
    }),
  ];

  return {
    of(userId) {
      const agent = followed.get(userId);
      const { totals, at } = agent ?? { totals: none(), at: midnight };
      return { asOf: new Date(Math.max(at, midnight)).toISOString(), ...totals };
    },
    // A floor without the morning's figures is better than none.
    start: () =>
      read().catch((error: unknown) => log.error({ err: error }, "the day of the agents is not known")),
    [Symbol.dispose]() {
      timer.cancel();
      for (const stop of stops) stop();
    },
  };
}

/** To the minute of the zone's clock: right on days without a change of the clock. */
function midnightOf(now: number, timeZone: string): number {
  return now - wallClock(now, timeZone).minute * 60_000 - (now % 60_000);
}
