/** How a call ends, from every state of its life (`call-machine.ts`): its leg, one of us, or a crash. */
import type { Outcome } from "../../../shared/calls.ts";
import type { Cause } from "../../switch/switch.ts";
import {
  type CallCore,
  type CallEffect,
  type CallPatch,
  type CallStep,
  type EndedBy,
  type LegEnd,
  move,
} from "./call-core.ts";
import { outcomeOf } from "./outcome-of.ts";

/** The agent whose own dial came to nothing is let go. */
export const letAgentGo = (call: CallCore): CallEffect[] =>
  call.agentUserId === null ? [] : [{ type: "agent", event: "call-failed" }];

const ends = (end: LegEnd): CallPatch => ({
  cause: end.cause,
  ...(end.sipStatus === undefined ? {} : { sipStatus: end.sipStatus }),
  ...(end.sipReason === undefined ? {} : { sipReason: end.sipReason }),
});

function endOfTalk(call: CallCore, patch: CallPatch, ...effects: CallEffect[]): CallStep {
  const marks: CallPatch["marks"] = ["endedAt"];
  const over: CallEffect = { type: "agent", event: "call-ended" };
  return call.wrapUp
    ? move(call, "wrap-up", { ...patch, outcome: "connected", marks }, ...effects, over, {
        type: "start-wrap-up",
      })
    : move(call, "closed", { ...patch, outcome: "connected", marks }, ...effects, over, { type: "finish" });
}

function outcomeOfMessage({ outcome, heard }: CallCore): Outcome {
  if (outcome === "machine") return heard ? "message-left" : "machine";
  return heard ? "message-heard" : (outcome ?? "message-cut");
}

export function onLegEnded(call: CallCore, event: LegEnd): CallStep {
  const endedBy: EndedBy =
    call.endedBy ??
    (event.by === "party"
      ? "customer"
      : event.by === "us" && event.cause !== "given-up"
        ? "agent"
        : "system");
  const patch: CallPatch = { ...ends(event), endedBy, marks: ["endedAt"] };
  switch (call.state) {
    case "planned":
    case "dialling":
    case "ringing": {
      const outcome = outcomeOf(event.cause);
      return move(call, "closed", { ...patch, outcome }, ...letAgentGo(call), { type: "finish" });
    }
    case "message": {
      const outcome = call.talked ? "connected" : outcomeOfMessage(call);
      return move(call, "closed", { ...patch, outcome }, { type: "finish" });
    }
    case "waiting": {
      if (call.talked) return move(call, "closed", { ...patch, outcome: "connected" }, { type: "finish" });
      const outcome: Outcome = call.abandoned ? "abandoned" : (call.outcome ?? "customer-left");
      return move(call, "closed", { ...patch, outcome }, { type: "finish" });
    }
    case "connecting": {
      const outcome: Outcome = call.talked ? "connected" : (call.outcome ?? "customer-left");
      return move(call, "closed", { ...patch, outcome }, ...letAgentGo(call), { type: "finish" });
    }
    case "talking":
      return endOfTalk(call, { ...ends(event), endedBy });
    case "wrap-up":
    case "closed":
      return { noted: "leg-ended" };
  }
}

export function onHangUp(call: CallCore, by: EndedBy, cause: Cause): CallStep {
  const hangUp: CallEffect = { type: "hang-up-leg", cause };
  if (call.state === "talking") return endOfTalk(call, { cause, endedBy: by }, hangUp);
  if (call.state === "wrap-up" || call.state === "closed") return { noted: "hang-up" };
  // Until the leg has ended the call stays what it is: an answer may still cross our cancel.
  return move(call, call.state, { endedBy: by }, hangUp);
}

/** Whatever is left open is closed; what the agent was doing for it ends too. */
export function onCrashed(call: CallCore, cause: string): CallStep {
  const talked = call.talked || call.state === "talking" || call.state === "wrap-up";
  const outcome: Outcome = talked ? "connected" : "crashed";
  const patch: CallPatch = { outcome, cause, endedBy: "system", marks: ["endedAt"] };
  const hangUp: CallEffect = { type: "hang-up-leg", cause: "error" };
  const finish: CallEffect = { type: "finish" };
  switch (call.state) {
    case "closed":
      return { noted: "crashed" };
    case "wrap-up":
      return move(
        call,
        "closed",
        { outcome, marks: ["wrapEndedAt"] },
        { type: "agent", event: "wrap-up-over" },
        ...(call.asked ? [hangUp] : []),
        finish,
      );
    case "talking":
      return move(call, "closed", patch, hangUp, { type: "agent", event: "call-ended" }, finish);
    default:
      return move(call, "closed", patch, hangUp, ...letAgentGo(call), finish);
  }
}
