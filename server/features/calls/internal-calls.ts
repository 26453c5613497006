/**
 * Calls between two of us, without a customer: the colleague who is called has the customer's part (`parties.ts`), so that
 * hold, mute, consultation and conference are what they are in any talk.
 *
 *   asked ── ready ───────────▶ joined at once
 *     │ paused: rings ── accepted ──▶ joined
 *     │                   └── declined, nobody in time, the caller hangs up ──▶ closed
 *     └── on something else by then: closed, busy
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Cause, Switch } from "../../switch/switch.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import { findUser } from "../users/index.ts";
import { activate, type ActiveCall, type CallPlan } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { callStep } from "./call-machine.ts";
import type { Conversations } from "./conversations.ts";
import { waitingTone } from "./invite-agent.ts";
import { agentParty, forColleague } from "./parties.ts";
import { plannedCore } from "./place-call.ts";
import { insertCalls } from "./queries.ts";
import { appendEvents } from "./queries-steps.ts";
import type { RecordTalk } from "./record-talk.ts";
import type { CallRunner } from "./runner.ts";

/** The cause in an agent's history of a talk without a customer. */
export const internalCause = "internal-call";

export interface InternalCalls extends Disposable {
  /**
   * False: they were on something else when it came to it. Errors (409): `colleague-away`, `colleague-busy` with
   * `detail.name`, `do-not-disturb`, `colleague-diverted`, `colleague-forwarded`, and the caller's own refusals.
   */
  callColleague(userId: number, colleagueId: number): Promise<boolean>;
  /** The call rings at this agent: they have turned to it. */
  accepted(call: ActiveCall, userId: number): void;
  /** It is being written down. */
  isPlacing(callId: string): boolean;
}

const mostStops = 5;
const ringsAt = (agent: Agent | undefined): boolean =>
  agent !== undefined && agent.legUp && (agent.state === "ready" || agent.state === "paused");

/** It ends before anybody talks. */
export function endUnanswered(
  runner: Pick<CallRunner, "feed">,
  call: ActiveCall,
  cause: Cause,
  by: "party" | "us" | "switch",
): void {
  runner.feed(call.id, { type: "leg-ended", cause, by });
}

export function createInternalCalls(deps: {
  database: Database;
  switch: Pick<Switch, "play" | "stopRecording">;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: CallRunner;
  conversations: Conversations;
  diversions: Diversions;
  /** The company's policy. */
  recordsInternal: () => boolean;
  recording: Pick<RecordTalk, "start" | "follow">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): InternalCalls {
  const { database, agents, runner, conversations, diversions, clock, events, log } = deps;
  const placing = new Set<string>();

  /** Whom a call for this person reaches, by their rules. */
  async function whom(userId: number, stops = 0): Promise<number> {
    const agent = agents.get(userId);
    const stop = await diversions.whereTo(userId, {
      present: agent?.legUp ?? false,
      onCall: agent !== undefined && agent.callId !== null,
    });
    if (stop.ring) return userId;
    if (stop.to?.type === "agent" && stops < mostStops) return whom(stop.to.userId, stops + 1);
    if (stop.to?.type === "voicemail") throw conflict("colleague-diverted", "They take messages only now.");
    if (stop.to?.type === "number")
      throw conflict("colleague-forwarded", "Their calls go to another number.");
    if (stop.because === "do-not-disturb")
      throw conflict("do-not-disturb", "They do not want to be disturbed.");
    throw conflict("colleague-away", "They are not at their desk.");
  }

  async function write(plan: CallPlan): Promise<void> {
    const at = new Date(clock.now());
    await database.transact(async (tx) => {
      await insertCalls(tx, [{ plan, callerId: null, allowed: true, at }]);
      const { callId } = plan;
      const data = { userId: plan.agentUserId, colleagueId: plan.colleagueId };
      await appendEvents(tx, [
        { callId, from: "planned", to: "dialling", columns: {}, type: internalCause, at, data },
      ]);
    });
  }

  async function planOf(callId: string, userId: number, colleagueId: number): Promise<CallPlan> {
    const colleague = await findUser(database.db, colleagueId);
    return {
      callId,
      direction: "internal",
      origin: "internal",
      phone: colleague?.extension ?? "",
      name: colleague?.name ?? "",
      timeZone: "UTC",
      campaign: null,
      listId: null,
      leadId: null,
      customerId: null,
      leadAttempts: 0,
      agentUserId: userId,
      colleagueId,
    };
  }

  function join(call: ActiveCall, userId: number): void {
    runner.clearTimer(call, "wait");
    conversations.step(call, { type: "came", id: agentParty(userId) });
    runner.feed(call.id, { type: "answered" }, { data: { userId } });
  }

  function ring(call: ActiveCall, userId: number, forMs: number): void {
    runner.setTimer(call, "wait", forMs, () => endUnanswered(runner, call, "no-answer", "switch"));
    const legId = deps.legs().legOf(userId);
    if (legId === undefined) return;
    deps.switch.play(legId, waitingTone, { repeat: 3, overRoomDb: 0 }).catch((error: unknown) => {
      log.warn({ err: error, userId }, "the tone for the agent could not be played");
    });
  }

  /** False: they are on something else, or the caller has gone. */
  function reach(call: ActiveCall, { userId, colleagueId }: Pair, ringMs: number): boolean {
    if (agents.get(userId)?.callId !== call.id) {
      endUnanswered(runner, call, "cancelled", "us");
      return false;
    }
    const colleague = agents.get(colleagueId);
    if (!ringsAt(colleague)) {
      endUnanswered(runner, call, "busy", "switch");
      return false;
    }
    const fed = agents.feed(colleagueId, { type: "assign", callId: call.id }, internalCause);
    if (fed.ok) join(call, colleagueId);
    else ring(call, colleagueId, ringMs);
    return true;
  }

  function begin(plan: CallPlan, colleagueId: number): ActiveCall {
    const step = callStep(plannedCore(plan), { type: "allowed" });
    if (!("call" in step)) throw new Error("an internal call does not begin");
    const call = activate(plan, step.call, clock.now());
    call.conversation = forColleague(colleagueId, clock.now());
    runner.add(call);
    events.publish("call.changed", { call, from: "planned" });
    runner.feed(call.id, { type: "ringing" });
    return call;
  }

  const stop = events.on("call.changed", ({ call: { id, plan, core }, from }) => {
    const call = plan.colleagueId === undefined ? undefined : runner.get(id);
    if (!call) return;
    if (core.state === from) return core.state === "talking" ? deps.recording.follow(call) : undefined;
    if (core.state === "talking" && deps.recordsInternal())
      deps.recording.start(call).catch((error: unknown) => {
        log.error({ err: error, callId: id }, "an internal call could not be recorded");
      });
    if (core.state === "closed" && call.recording?.legId !== undefined)
      deps.switch.stopRecording(call.recording.legId, call.recording.recordingId);
  });

  return {
    isPlacing: (callId) => placing.has(callId),
    accepted: join,
    async callColleague(userId, wantedId) {
      const colleagueId = await whom(wantedId);
      if (colleagueId === userId) throw conflict("party-already-here", "That is you.");
      const colleague = agents.get(colleagueId);
      if (!colleague?.legUp) throw conflict("colleague-away", "They are not at their desk.");
      if (!ringsAt(colleague))
        throw conflict("colleague-busy", "They are busy.", { name: colleague.name, userId: colleagueId });
      const { noAnswerSeconds } = await diversions.of(colleagueId);
      const callId = newId(clock.now());
      const fed = agents.feed(userId, { type: "dial", callId }, internalCause);
      if (!fed.ok) throw conflict(fed.code, "You cannot call now.", { state: agents.get(userId)?.state });
      placing.add(callId);
      try {
        const plan = await planOf(callId, userId, colleagueId);
        await write(plan);
        return reach(begin(plan, colleagueId), { userId, colleagueId }, noAnswerSeconds * 1000);
      } catch (error) {
        agents.feed(userId, { type: "call-failed", callId });
        throw error;
      } finally {
        placing.delete(callId);
      }
    },
    [Symbol.dispose]: stop,
  };
}

interface Pair {
  userId: number;
  colleagueId: number;
}
