/**
 * Where an agent is, as a pure total machine. An event that does not belong to a state is refused with a
 * code that the desk can show; nothing changes then.
 *
 *               sign-in             leg-up             ready
 *   signed-out ────────▶ connecting ──────▶ paused ◀──────────▶ ready ── offer ──▶ preview
 *       ▲                    ▲                ▲        pause    │ ▲ ▲                │ │
 *       │ sign-out           │ leg-down       │                 │ │ └── withdraw ────┘ │ dial
 *       └── (any idle) ──────┘                │ dial            │ │ call-failed        ▼
 *                                             └─────────────────┼─┴───────────────▶ ringing
 *                                                        assign │                    │ connected
 *                                                               ▼                    │
 *   ready / paused / signed-out ◀── wrap-up-over ── wrap-up ◀─ talking ◀─────────────┘
 *                                                         call-ended
 *
 * `join` leads from ready or paused straight to talking, and back to either; `switch` changes the call of a talk.
 *
 * During ringing, talking and wrap-up a lost leg (`legUp: false`) changes no state: the call decides. A pause
 * or sign-out asked for then is kept in `next`.
 */
import type { AgentState } from "../../../shared/desk.ts";

export interface AgentCore {
  state: AgentState;
  next: "pause" | "sign-out" | null;
  pauseReasonId: number | null;
  legUp: boolean;
  callId: string | null;
  /** Where to go when the leg is back or a dial comes to nothing. */
  resume: "ready" | "paused";
}

export type AgentEvent =
  | { type: "sign-in" }
  | { type: "sign-out" }
  | { type: "leg-up" }
  | { type: "leg-down" }
  | { type: "ready" }
  | { type: "pause"; reasonId: number | null }
  /** A record is put before the agent. */
  | { type: "offer" }
  /** The record is taken back, by a skip or because it may no longer be dialled. */
  | { type: "withdraw" }
  /** The agent's own dial, or a callback that is theirs, is under way. */
  | { type: "dial"; callId: string }
  /** A customer is on the line and this agent is chosen. */
  | { type: "assign"; callId: string }
  /** The agent is brought to a call that others are on: a colleague who asks, a supervisor. */
  | { type: "join"; callId: string }
  /** Another call of this agent comes to the front: a second one, or the first again. */
  | { type: "switch"; callId: string }
  | { type: "connected"; callId: string }
  | { type: "call-failed"; callId: string }
  | { type: "call-ended"; callId: string; wrapUp: boolean }
  | { type: "wrap-up-over"; callId: string }
  /** The reconciler found the agent on a call that is no more. */
  | { type: "release" };

export type AgentEffect = "want-leg" | "drop-leg";

export type AgentStep = { agent: AgentCore; effects: AgentEffect[] } | { refused: string };

export const signedOut: AgentCore = {
  state: "signed-out",
  next: null,
  pauseReasonId: null,
  legUp: false,
  callId: null,
  resume: "paused",
};

const refuse = (code: string): AgentStep => ({ refused: code });
const step = (agent: AgentCore, ...effects: AgentEffect[]): AgentStep => ({ agent, effects });

/** Out of a call: what was asked for meanwhile, else `resume`; without a leg, connecting first. */
function release(agent: AgentCore): AgentStep {
  if (agent.next === "sign-out") return step(signedOut, "drop-leg");
  const resume = agent.next === "pause" ? "paused" : agent.resume;
  const free: AgentCore = { ...agent, next: null, callId: null, resume };
  if (!agent.legUp) return step({ ...free, state: "connecting" }, "want-leg");
  return step({ ...free, state: resume, pauseReasonId: resume === "paused" ? agent.pauseReasonId : null });
}

const idle = new Set<AgentState>(["connecting", "paused", "ready", "preview"]);

function onLeg(agent: AgentCore, up: boolean): AgentStep {
  if (agent.state === "signed-out") return refuse("agent-signed-out");
  if (up) {
    const back = { ...agent, legUp: true };
    return step(agent.state === "connecting" ? { ...back, state: agent.resume } : back);
  }
  const down = { ...agent, legUp: false };
  if (!idle.has(agent.state)) return step(down, "want-leg");
  const resume = agent.state === "connecting" ? agent.resume : agent.state === "paused" ? "paused" : "ready";
  return step({ ...down, state: "connecting", resume }, "want-leg");
}

function onPause(agent: AgentCore, reasonId: number | null): AgentStep {
  switch (agent.state) {
    case "signed-out":
      return refuse("agent-signed-out");
    case "connecting":
      return step({ ...agent, resume: "paused", pauseReasonId: reasonId });
    case "paused":
    case "ready":
    case "preview":
      return step({ ...agent, state: "paused", resume: "paused", pauseReasonId: reasonId });
    case "ringing":
    case "talking":
    case "wrap-up":
      return step({ ...agent, next: "pause", pauseReasonId: reasonId });
  }
}

function onReady(agent: AgentCore): AgentStep {
  switch (agent.state) {
    case "paused":
    case "ready":
      return step({ ...agent, state: "ready", resume: "ready", pauseReasonId: null });
    case "connecting":
      return step({ ...agent, resume: "ready", pauseReasonId: null });
    case "ringing":
    case "talking":
    case "wrap-up":
      // Takes back a pause asked for earlier; the summary ends the wrap-up, not this.
      return step({ ...agent, next: null, resume: "ready", pauseReasonId: null });
    case "preview":
      return refuse("agent-has-preview");
    case "signed-out":
      return refuse("agent-signed-out");
  }
}

function onCall(agent: AgentCore, event: Extract<AgentEvent, { callId: string }>): AgentStep {
  const { state, callId } = agent;
  switch (event.type) {
    case "dial":
      if (state !== "ready" && state !== "paused" && state !== "preview") return refuse("agent-not-free");
      if (!agent.legUp) return refuse("agent-leg-down");
      return step({
        ...agent,
        state: "ringing",
        callId: event.callId,
        resume: state === "paused" ? "paused" : "ready",
      });
    case "assign":
      if (state !== "ready" || !agent.legUp) return refuse("agent-not-ready");
      return step({ ...agent, state: "talking", callId: event.callId, resume: "ready" });
    case "join":
      if (state !== "ready" && state !== "paused") return refuse("agent-not-free");
      if (!agent.legUp) return refuse("agent-leg-down");
      return step({ ...agent, state: "talking", callId: event.callId, resume: state });
    case "switch":
      if (state !== "talking") return refuse("agent-not-on-call");
      return step({ ...agent, callId: event.callId });
    case "connected":
      if (state !== "ringing" || callId !== event.callId) return refuse("agent-not-on-call");
      return step({ ...agent, state: "talking" });
    case "call-failed":
      if (state !== "ringing" || callId !== event.callId) return refuse("agent-not-on-call");
      return release(agent);
    case "call-ended":
      if (state !== "talking" || callId !== event.callId) return refuse("agent-not-on-call");
      return event.wrapUp ? step({ ...agent, state: "wrap-up" }) : release(agent);
    case "wrap-up-over":
      if (state !== "wrap-up" || callId !== event.callId) return refuse("agent-not-in-wrap-up");
      return release(agent);
  }
}

/** One step. Total: every event has an answer in every state. */
export function agentStep(agent: AgentCore, event: AgentEvent): AgentStep {
  switch (event.type) {
    case "sign-in":
      // A second sign-in takes over as it finds things; a fresh one starts with its leg.
      return agent.state === "signed-out"
        ? step({ ...signedOut, state: "connecting" }, "want-leg")
        : step(agent, ...(agent.legUp ? [] : (["want-leg"] as const)));
    case "sign-out":
      if (agent.state === "signed-out") return refuse("agent-signed-out");
      return idle.has(agent.state) ? step(signedOut, "drop-leg") : step({ ...agent, next: "sign-out" });
    case "leg-up":
    case "leg-down":
      return onLeg(agent, event.type === "leg-up");
    case "ready":
      return onReady(agent);
    case "pause":
      return onPause(agent, event.reasonId);
    case "release":
      return idle.has(agent.state) || agent.state === "signed-out"
        ? refuse("agent-not-on-call")
        : release(agent);
    case "offer":
      return agent.state === "ready" && agent.legUp
        ? step({ ...agent, state: "preview" })
        : refuse("agent-not-ready");
    case "withdraw":
      return agent.state === "preview"
        ? step({ ...agent, state: "ready", resume: "ready" })
        : refuse("agent-has-no-preview");
    default:
      return onCall(agent, event);
  }
}
