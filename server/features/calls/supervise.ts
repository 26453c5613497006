/** A supervisor's part in a call: listen, whisper to the agent, be heard by all, take the call over. */
import { conflict, notFound } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { agentParty, findParty, type Hearing } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

export type SuperviseMode = "listen" | "whisper" | "barge";

/**
 * For whoever may supervise this call's agent; who may is the caller's to say, and to audit. The supervisor is signed in
 * at a desk with a leg that is up, ready or paused, and is back to that when they leave. Errors (409): `agent-not-free`,
 * `agent-leg-down`, `supervisor-no-phone`, `call-not-in-state`, `party-already-here` (it is their own call), `call-over`.
 */
export interface Supervise {
  /** Comes into a call, or changes how they are heard in it. */
  join(callId: string, userId: number, mode: SuperviseMode): void;
  /** Goes out of a call that they listen to; nothing when they are in none. */
  leaveSupervision(userId: number): void;
  /** The supervisor has the call from here on, in it already or not; its agent is free, and told. */
  takeOver(callId: string, userId: number): void;
}

const hearingOf: Record<SuperviseMode, Hearing> = { listen: "listen", whisper: "whisper", barge: "talk" };

export function createSupervise(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  conversations: Conversations;
}): Supervise {
  const { agents, runner, conversations } = deps;

  function demandTalk(callId: string): ActiveCall {
    const call = runner.get(callId);
    if (!call) throw notFound("call", callId);
    if (call.core.state !== "talking" || call.core.endedBy)
      throw conflict("call-not-in-state", `The call is ${call.core.state}.`, { state: call.core.state });
    return call;
  }

  function comeIn(call: ActiveCall, userId: number, hearing: Hearing, mode: string): void {
    const fed = agents.feed(userId, { type: "join", callId: call.id });
    // Their own desk, not the agent's.
    const code = !fed.ok && fed.code === "agent-signed-out" ? "supervisor-no-phone" : "";
    if (!fed.ok)
      throw conflict(code || fed.code, "You cannot join a call now.", { state: agents.get(userId)?.state });
    try {
      conversations.step(
        call,
        { type: "bring", kind: { type: "agent", userId }, role: "supervisor", state: "here", hearing },
        { type: "supervisor-joined", data: { userId, mode } },
      );
    } catch (error) {
      agents.feed(userId, { type: "call-ended", callId: call.id, wrapUp: false });
      throw error;
    }
  }

  return {
    join(callId, userId, mode) {
      const call = demandTalk(callId);
      const found = findParty(call.conversation, agentParty(userId));
      if (!found) return comeIn(call, userId, hearingOf[mode], mode);
      if (found.role !== "supervisor") throw conflict("party-already-here", "You are on this call yourself.");
      return conversations.step(
        call,
        { type: "hearing", id: found.id, hearing: hearingOf[mode] },
        { type: "supervisor-joined", data: { userId, mode } },
      );
    },
    leaveSupervision(userId) {
      const callId = agents.get(userId)?.callId;
      const call = callId ? runner.get(callId) : undefined;
      const found = call && findParty(call.conversation, agentParty(userId));
      if (!call || found?.role !== "supervisor") return;
      conversations.step(call, { type: "gone", id: found.id }, { type: "supervisor-left", data: { userId } });
    },
    takeOver(callId, userId) {
      const call = demandTalk(callId);
      const from = call.core.agentUserId;
      if (!findParty(call.conversation, agentParty(userId))) comeIn(call, userId, "talk", "take-over");
      conversations.step(
        call,
        { type: "take-over", id: agentParty(userId) },
        { type: "taken-over", data: { from, to: userId } },
      );
      if (from !== null && from !== userId)
        agents.notice(from, "call-taken-over", { callId, by: agents.get(userId)?.name });
    },
  };
}
