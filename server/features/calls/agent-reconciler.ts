/**
 * Frees an agent whose state has lost its cause (`agents/state-cause.ts`), and tells them why. It looks every two
 * seconds and acts at the second look that finds the same, so that a state lasts at most four seconds past its cause
 * and what is only on its way is left alone. It needs no database, but to see who holds a record.
 */
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import { type Agent, type AgentFacts, type AgentRegistry, remedyOf } from "../agents/index.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { agentParty, findParty } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

const everyMs = 2_000;

export interface AgentReconcilerDeps {
  switch: Pick<Switch, "legs">;
  agents: Pick<AgentRegistry, "all" | "feed" | "notice">;
  legs: Pick<AgentLegs, "lineOf" | "legIds" | "onSwitchEvent" | "leaveRoom">;
  runner: Pick<CallRunner, "get">;
  /** The door is being asked for this call. */
  isPlacing: (callId: string) => boolean;
  /** Steps of this call are being written. */
  isWriting: (callId: string) => boolean;
  /** Agents with a record before them that is claimed for them. */
  recordHolders: (userIds: readonly number[]) => Promise<ReadonlySet<number>>;
  clock: Clock;
  log: Log;
}

export function startAgentReconciler(deps: AgentReconcilerDeps): Timer & { look(): Promise<void> } {
  const { agents, legs, runner, clock, log } = deps;
  let suspects = new Set<string>();
  let looking = false;

  function callOf({ userId, callId }: Agent): AgentFacts["call"] {
    if (callId === null) return null;
    const call = runner.get(callId);
    if (!call) return deps.isPlacing(callId) ? { state: "placing", isOwner: true, isParty: false } : null;
    const { state } = call.core;
    return {
      state: state === "closed" && deps.isWriting(callId) ? "closing" : state,
      isOwner: call.core.agentUserId === userId,
      isParty: findParty(call.conversation, agentParty(userId)) !== undefined,
    };
  }

  function lookAtLines(twice: (key: string) => boolean): void {
    const alive = new Set(deps.switch.legs());
    const at = clock.now();
    for (const legId of legs.legIds())
      if (!alive.has(legId) && twice(`line ${legId}`))
        legs.onSwitchEvent({ type: "leg-ended", legId, cause: "error", by: "switch", at });
  }

  function lookAtAgents(holders: ReadonlySet<number>, twice: (key: string) => boolean): void {
    for (const agent of agents.all()) {
      const { userId, state, callId } = agent;
      const line = legs.lineOf(userId);
      const remedy = remedyOf(agent, { line, holdsRecord: holders.has(userId), call: callOf(agent) });
      if (!remedy || !twice(`${userId} ${state} ${callId} ${remedy.why}`)) continue;
      log.warn({ userId, state, callId, why: remedy.why }, "an agent's state had lost its cause");
      if (remedy.event.type === "release") legs.leaveRoom(userId);
      if (agents.feed(userId, remedy.event, remedy.why).ok)
        agents.notice(userId, "agent-freed", { why: remedy.why, was: state });
    }
  }

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const previewing = agents.all().flatMap(({ userId, state }) => (state === "preview" ? userId : []));
      // Without a database nobody can say that a record is not held.
      const holders = await deps.recordHolders(previewing).catch(() => new Set(previewing));
      const next = new Set<string>();
      const twice = (key: string) => {
        next.add(key);
        return suspects.has(key);
      };
      lookAtLines(twice);
      lookAtAgents(holders, twice);
      suspects = next;
    } catch (error) {
      log.error({ err: error }, "agents could not be looked at");
    } finally {
      looking = false;
    }
  }

  const timer = clock.every(everyMs, () => void look());
  return { ...timer, look };
}
