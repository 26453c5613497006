/**
 * The life of one call, pure and total: `(call, event) -> { call, patch, effects }`. An event that does not
 * belong to a state is refused; what a party does too late (a hang-up of a closed call) is noted.
 *
 *             allowed             ringing            answered            chosen             joined
 *   planned ─────────▶ dialling ─────────▶ ringing ─────────▶ waiting ─────────▶ connecting ──────▶ talking
 *      │                  │                   │                  │                   │                │
 *      │ refused          │ leg-ended         │ leg-ended        │ leg-ended         │ leg-ended      │ leg-ended,
 *      │                  │                   │                  │ (or no agent      │ agent-lost     │ hang-up
 *      ▼                  ▼                   ▼                  ▼  in time)         ▼                ▼
 *    closed ◀─────────────┴───────────────────┴──────────────────┴───────────────────┘   ┌──────── wrap-up
 *      ▲                                                        summary, wrap-limit      │
 *      └─────────────────────────────────────────────────────────────────────────────────┘
 *
 * A call whose agent is known beforehand (preview, manual, callback) goes from answered straight to
 * connecting. One of an agentless campaign goes from answered to `message`, where it ends, or on to waiting when the
 * person asks for an agent, and back when none comes in time. A person whom no agent takes in time hears a message
 * in waiting, or first goes on waiting in a queue. One that was placed for a transfer goes from waiting to talking when it is bridged; a talk may be
 * handed on to another agent, go back to waiting in a campaign's line (`queued`), or without an agent when a machine is
 * heard (`taken-back`). From waiting, a talk or a message that leads them a caller may come to `message` to leave one (`to-voicemail`). An incoming
 * call starts at ringing. `crashed` closes from anywhere.
 */
import type { CallState } from "../../../shared/calls.ts";
import {
  awaitsAgent,
  type CallCore,
  type CallEvent,
  type CallPatch,
  type CallStep,
  move,
  refuse,
} from "./call-core.ts";
import { letAgentGo, onCrashed, onHangUp, onLegEnded } from "./call-ends.ts";

const before = new Set<CallState>(["dialling", "ringing"]);

function onAnswered(call: CallCore): CallStep {
  // The answer crossed our own hang-up; the leg's end follows.
  if (call.endedBy) return { noted: "answered" };
  const marks: CallPatch["marks"] = ["answeredAt"];
  if (call.agentUserId !== null) return move(call, "connecting", { marks }, { type: "join" });
  if (call.message) return move(call, "message", { marks }, { type: "message", event: "begin" });
  return move(call, "waiting", { marks }, { type: "route" });
}

/** Nobody was free in time; said again at the end of the wait in a queue. */
function onNoAgent(call: CallCore): CallStep {
  if (!awaitsAgent(call)) return { noted: "no-agent" };
  // Who has talked with us is told, and was not abandoned.
  if (call.talked) return move(call, "waiting", { endedBy: "system" }, { type: "apologise" });
  if (call.message) return move(call, "message", {}, { type: "message", event: "no-agent" });
  if (call.queue && !call.abandoned) return move(call, "waiting", { abandoned: true }, { type: "queue" });
  return move(call, "waiting", { abandoned: true, endedBy: "system" }, { type: "apologise" });
}

/** One step. Total: every event in every state is a move, noted, or refused. */
export function callStep(call: CallCore, event: CallEvent): CallStep {
  const { state } = call;
  switch (event.type) {
    case "allowed":
      if (state !== "planned") return refuse(call, event);
      return move(call, "dialling", { marks: ["dialledAt"] }, { type: "originate" });
    case "refused":
      if (state !== "planned") return refuse(call, event);
      return move(
        call,
        "closed",
        { outcome: "refused", endedBy: "system", marks: ["endedAt"] },
        ...letAgentGo(call),
        { type: "finish" },
      );
    case "incoming":
      if (state !== "planned") return refuse(call, event);
      return move(call, "ringing", { marks: ["ringingAt"] });
    case "ringing":
      if (state === "ringing") return { noted: "ringing" };
      if (state !== "dialling") return refuse(call, event);
      return move(call, "ringing", { marks: ["ringingAt"] });
    case "answered":
      return before.has(state) ? onAnswered(call) : refuse(call, event);
    case "no-person":
      if ((state !== "waiting" && state !== "message") || call.abandoned || call.endedBy)
        return refuse(call, event);
      return event.hangUp
        ? move(
            call,
            state,
            { outcome: event.outcome, endedBy: "system" },
            { type: "hang-up-leg", cause: "normal" },
          )
        : // What a machine was told before it was known is nothing it has heard.
          move({ ...call, heard: false }, state, { outcome: event.outcome });
    case "agent-says":
      if (state !== "talking" || call.endedBy) return refuse(call, event);
      return move(
        call,
        "closed",
        { outcome: event.outcome, cause: "normal", endedBy: "agent", marks: ["endedAt"] },
        { type: "hang-up-leg", cause: "normal" },
        { type: "agent", event: "call-ended" },
        { type: "finish" },
      );
    case "taken-back":
      if (state !== "talking" || call.endedBy || call.talked) return refuse(call, event);
      return move({ ...call, agentUserId: null }, "waiting", { outcome: event.outcome });
    case "agent-chosen":
      if (!awaitsAgent(call)) return refuse(call, event);
      return move(call, "connecting", { agentUserId: event.userId }, { type: "join" });
    case "no-agent":
      if (state !== "waiting") return refuse(call, event);
      return onNoAgent(call);
    case "heard":
      if (state !== "message" || call.heard) return { noted: "heard" };
      return move({ ...call, heard: true }, "message");
    case "to-agent":
      if (state !== "message" || call.endedBy) return refuse(call, event);
      return move(call, "waiting", {}, { type: "route" });
    case "joined":
      if (state !== "connecting") return refuse(call, event);
      return move(call, "talking", call.talked ? {} : { marks: ["connectedAt"] }, {
        type: "agent",
        event: "connected",
      });
    case "handed-on":
      if (state !== "talking" || call.endedBy) return refuse(call, event);
      return move(call, "talking", { agentUserId: event.userId });
    case "queued":
      if (state !== "talking" || call.endedBy) return refuse(call, event);
      return move({ ...call, agentUserId: null, talked: true }, "waiting", {}, { type: "route" });
    case "place-kept":
      if (!awaitsAgent(call)) return refuse(call, event);
      return move(call, "waiting", { outcome: "place-kept" });
    case "to-voicemail":
      if ((state !== "waiting" && state !== "talking" && state !== "message") || call.endedBy)
        return refuse(call, event);
      return move(
        { ...call, talked: call.talked || state === "talking" },
        "message",
        event.userId === null ? {} : { agentUserId: event.userId },
        { type: "voicemail" },
      );
    case "to-survey":
      if (state !== "talking" || call.endedBy) return refuse(call, event);
      return move(
        { ...call, asked: true, written: !call.wrapUp },
        "wrap-up",
        { outcome: "connected", cause: "normal", endedBy: "agent", marks: ["endedAt"] },
        { type: "agent", event: "call-ended" },
        ...(call.wrapUp ? [{ type: "start-wrap-up" } as const] : []),
      );
    case "survey-over":
      if (state !== "wrap-up" || !call.asked) return { noted: "survey-over" };
      return call.written
        ? move(
            { ...call, asked: false },
            "closed",
            {},
            { type: "hang-up-leg", cause: "normal" },
            { type: "finish" },
          )
        : move({ ...call, asked: false }, "wrap-up", {}, { type: "hang-up-leg", cause: "normal" });
    case "bridged":
      if (state !== "waiting" || call.abandoned) return refuse(call, event);
      return move(call, "talking", { marks: ["connectedAt"] });
    case "agent-lost":
      if (state !== "connecting" && state !== "talking") return refuse(call, event);
      if (call.endedBy) return { noted: "agent-lost" };
      // The customer is told, then the leg ends: what was a talk stays one, with its summary to be written.
      return move(
        call,
        state,
        { endedBy: "system", ...(state === "connecting" && !call.talked && { outcome: "agent-lost" }) },
        { type: "apologise" },
      );
    case "hang-up":
      return onHangUp(call, event.by, event.cause);
    case "give-up":
      if (state !== "ringing" || call.endedBy || call.agentUserId !== null) return { noted: "give-up" };
      return move(call, state, {}, { type: "withdraw-leg" });
    case "leg-ended":
      return onLegEnded(call, event);
    case "summary":
    case "wrap-limit":
      if (state !== "wrap-up") return refuse(call, event);
      if (call.asked)
        return call.written
          ? { noted: event.type }
          : move(
              { ...call, written: true },
              "wrap-up",
              { marks: ["wrapEndedAt"] },
              { type: "agent", event: "wrap-up-over" },
            );
      return move(
        call,
        "closed",
        { marks: ["wrapEndedAt"] },
        { type: "agent", event: "wrap-up-over" },
        { type: "finish" },
      );
    case "crashed":
      return onCrashed(call, event.cause);
  }
}
