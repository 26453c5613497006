/**
 * Every signed-in agent, in memory: the authority on who is free, because the choice of an agent stands
 * between a customer's "hello?" and the first word. The database follows in order; after a crash the
 * reconciler starts from an empty registry and signs everybody out.
 */
import type { AgentState, DeskState } from "../../../shared/desk.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { type AgentCore, type AgentEvent, agentStep, signedOut } from "./agent-machine.ts";
import { createAgentWriter } from "./agent-writer.ts";
import "./events.ts";

export interface Agent extends AgentCore {
  userId: number;
  name: string;
  /** Their org unit when they signed in. */
  unitId: number | null;
  /** Where the agent's leg is called: the browser's or the desk phone's SIP user. */
  sipUser: string;
  endpoint: "browser" | "phone";
  deskId: string;
  campaignIds: number[];
  /** ms since the epoch. */
  since: number;
  signedInAt: number;
  /** What led to the state. */
  cause: string;
  notice: DeskState["notice"];
}

export interface SignIn {
  userId: number;
  name: string;
  unitId?: number | null;
  sipUser: string;
  endpoint: "browser" | "phone";
  deskId: string;
  campaignIds: number[];
}

export type Fed = { ok: true; agent: Agent } | { ok: false; code: string };

export interface AgentRegistry extends AsyncDisposable {
  get(userId: number): Agent | undefined;
  all(): Agent[];
  /** Ready agents of a campaign with their leg up, longest idle first. */
  ready(campaignId: number): Agent[];
  signIn(request: SignIn): Agent;
  /** One step of the machine; a refusal is logged and changes nothing. */
  feed(userId: number, event: AgentEvent, cause?: string): Fed;
  notice(userId: number, code: string, detail?: Record<string, unknown>): void;
  /** What they work in from now on; the call or record they have is theirs to the end. False: not signed in. */
  assign(userId: number, campaignIds: readonly number[]): boolean;
  /** Resolves when everything so far stands in the database. */
  settled(): Promise<void>;
}

interface Deps {
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
}

export function createAgentRegistry({ database, clock, events, log }: Deps): AgentRegistry {
  const agents = new Map<number, Agent>();
  const writer = createAgentWriter(database, log);

  function announce(agent: Agent, from: AgentState, cause: string, isNew = false): void {
    writer.write(agent, isNew ? { at: clock.now(), cause } : null);
    if (from !== agent.state)
      log.info({ userId: agent.userId, from, to: agent.state, callId: agent.callId, cause }, "agent");
    events.publish("agent.changed", { from, agent: { ...agent }, cause });
  }

  function feed(userId: number, event: AgentEvent, cause: string = event.type): Fed {
    const agent = agents.get(userId);
    if (!agent) return { ok: false, code: "agent-signed-out" };
    const next = agentStep(agent, event);
    if ("refused" in next) {
      log.warn({ userId, state: agent.state, event: event.type, code: next.refused }, "agent event refused");
      return { ok: false, code: next.refused };
    }
    const { state: from, pauseReasonId } = agent;
    Object.assign(agent, next.agent);
    // Another reason for a pause is another stretch of time.
    const isNew = from !== agent.state || (from === "paused" && pauseReasonId !== agent.pauseReasonId);
    if (isNew) Object.assign(agent, { since: clock.now(), cause });
    if (agent.state === "signed-out") agents.delete(userId);
    announce(agent, from, cause, isNew);
    for (const effect of next.effects) {
      if (effect === "want-leg") events.publish("agent.leg-wanted", { userId, sipUser: agent.sipUser });
      else events.publish("agent.leg-unwanted", { userId });
    }
    return { ok: true, agent };
  }

  return {
    get: (userId) => agents.get(userId),
    all: () => [...agents.values()],
    ready: (campaignId) =>
      [...agents.values()]
        .filter((a) => a.state === "ready" && a.legUp && a.campaignIds.includes(campaignId))
        .sort((a, b) => a.since - b.since),
    signIn(request) {
      const found = agents.get(request.userId);
      const moved = found && found.sipUser !== request.sipUser;
      if (found) Object.assign(found, request);
      else {
        const now = clock.now();
        agents.set(request.userId, {
          ...signedOut,
          unitId: null,
          ...request,
          since: now,
          signedInAt: now,
          cause: "sign-in",
          notice: null,
        });
      }
      // Another headset than before: the old leg ends, and its end asks for the new one.
      if (moved) events.publish("agent.leg-unwanted", { userId: request.userId });
      feed(request.userId, { type: "sign-in" });
      return agents.get(request.userId)!;
    },
    feed,
    notice(userId, code, detail = {}) {
      const agent = agents.get(userId);
      if (!agent) return;
      agent.notice = { code, at: new Date(clock.now()).toISOString(), detail };
      announce(agent, agent.state, "notice");
    },
    assign(userId, campaignIds) {
      const agent = agents.get(userId);
      if (!agent) return false;
      const before = agent.campaignIds;
      agent.campaignIds = [...campaignIds];
      announce(agent, agent.state, "moved");
      events.publish("agent.moved", { userId, campaignIds: [...new Set([...before, ...campaignIds])] });
      return true;
    },
    settled: () => writer.settled(),
    [Symbol.asyncDispose]: () => writer.close(),
  };
}
