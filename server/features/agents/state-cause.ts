/**
 * Each state of an agent stands for something that is so elsewhere, its cause; a state without it is left. Pure and
 * total over the states of `agent-machine.ts`:
 *
 *   state        cause                                            without it
 *   connecting   the line is down, and is being called            line-is-up: leg-up · line-not-called: called again
 *   paused       the line is up                                   line-gone: connecting
 *   ready        the line is up                                   line-gone: connecting
 *   preview      the line is up, and a record is held for them    line-gone: connecting · record-not-held: ready
 *   ringing      their dial is being placed, or not yet answered  call-gone, call-over, not-in-call: free · call-answered: talking
 *   talking      they take part in a call that goes on            call-gone, call-over, not-in-call: free, or wrap-up
 *   wrap-up      their call waits for its summary                 call-gone, call-over, not-in-call: free
 *
 * In the last three a line that is neither up nor being called is called again, for the call decides about the rest.
 */
import type { LostCause } from "../../../shared/agent-causes.ts";
import type { CallState } from "../../../shared/calls.ts";
import type { AgentCore, AgentEvent } from "./agent-machine.ts";

export interface AgentFacts {
  line: "up" | "being-called" | "none";
  /** A record is held for this agent. */
  holdsRecord: boolean;
  /** Of the agent's `callId`; null: nobody knows such a call. */
  call: {
    /** `placing`: the door is being asked. `closing`: over, which is being written down. */
    state: Exclude<CallState, "closed"> | "placing" | "closing" | "closed";
    /** It is this agent's own. */
    isOwner: boolean;
    /** They take part in it. */
    isParty: boolean;
  } | null;
}

export interface Remedy {
  why: LostCause;
  event: AgentEvent;
}

const release = (why: LostCause): Remedy => ({ why, event: { type: "release" } });
const callAgain: Remedy = { why: "line-not-called", event: { type: "sign-in" } };
const lineGone: Remedy = { why: "line-gone", event: { type: "leg-down" } };

function lineRemedy(agent: AgentCore, line: AgentFacts["line"]): Remedy | null {
  if (agent.legUp) return line === "up" ? null : lineGone;
  if (line === "up") return { why: "line-is-up", event: { type: "leg-up" } };
  return line === "none" ? callAgain : null;
}

function ringingRemedy(callId: string, call: AgentFacts["call"]): Remedy | null {
  switch (call?.state) {
    case undefined:
      return release("call-gone");
    case "placing":
      return null;
    case "planned":
    case "dialling":
    case "ringing":
    case "message":
    case "waiting":
    case "connecting":
      return call?.isOwner ? null : release("not-in-call");
    case "talking":
      return call?.isOwner
        ? { why: "call-answered", event: { type: "connected", callId } }
        : release("not-in-call");
    case "wrap-up":
    case "closing":
    case "closed":
      return release("call-over");
  }
}

function talkingRemedy(callId: string, call: AgentFacts["call"]): Remedy | null {
  switch (call?.state) {
    case undefined:
      return release("call-gone");
    case "connecting":
      return call?.isOwner ? null : release("not-in-call");
    case "talking":
      return call?.isParty ? null : release("not-in-call");
    case "wrap-up":
      return call?.isOwner
        ? { why: "call-over", event: { type: "call-ended", callId, wrapUp: true } }
        : release("call-over");
    case "placing":
    case "planned":
    case "dialling":
    case "ringing":
    case "message":
    case "waiting":
      return release("not-in-call");
    case "closing":
    case "closed":
      return release("call-over");
  }
}

function wrapUpRemedy(call: AgentFacts["call"]): Remedy | null {
  switch (call?.state) {
    case undefined:
      return release("call-gone");
    case "wrap-up":
    case "closing":
      return call?.isOwner ? null : release("not-in-call");
    default:
      return release("call-over");
  }
}

/** What an agent whose state has no cause does next; null: it has its cause. */
export function remedyOf(agent: AgentCore, facts: AgentFacts): Remedy | null {
  const { state } = agent;
  const callId = agent.callId ?? "";
  const ofLine = lineRemedy(agent, facts.line);
  switch (state) {
    case "signed-out":
      return null;
    case "connecting":
    case "paused":
    case "ready":
      return ofLine;
    case "preview":
      return ofLine ?? (facts.holdsRecord ? null : { why: "record-not-held", event: { type: "withdraw" } });
    case "ringing":
      return ringingRemedy(callId, facts.call) ?? ofLine;
    case "talking":
      return talkingRemedy(callId, facts.call) ?? ofLine;
    case "wrap-up":
      return wrapUpRemedy(facts.call) ?? ofLine;
  }
}
