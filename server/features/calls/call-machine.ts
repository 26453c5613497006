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
import type { CallOrigin, CallState, Outcome } from "../../../shared/calls.ts";
import type { Cause } from "../../switch/switch.ts";
import { outcomeOf } from "./outcome-of.ts";

export interface CallCore {
  state: CallState;
  origin: CallOrigin;
  agentUserId: number | null;
  /** The agent writes a summary after a talk. */
  wrapUp: boolean;
  /** Whom it reaches hears a recorded message first. */
  message: boolean;
  /** That message was heard to its end, or answered. */
  heard: boolean;
  /** Whoever is not taken in time goes on waiting, with music, until `no-agent` is said again. */
  queue: boolean;
  outcome: Outcome | null;
  /** A person answered and was told that nobody is free. */
  abandoned: boolean;
  /** Who hung up first, once it is known. */
  endedBy: EndedBy | null;
  /** Talked with an agent, and may wait for the next. */
  talked: boolean;
  /** The agent has left, and the customer is asked; the call is in wrap-up meanwhile. */
  asked: boolean;
  /** In wrap-up: nobody writes a summary any more. */
  written: boolean;
}

export type NoPerson = Extract<Outcome, "machine" | "screener" | "fax">;

export type EndedBy = "customer" | "agent" | "system";

export interface LegEnd {
  cause: Cause;
  by: "party" | "us" | "switch";
  sipStatus?: number | undefined;
  sipReason?: string | undefined;
}

export type CallEvent =
  | { type: "allowed" }
  | { type: "refused" }
  | { type: "incoming" }
  | { type: "ringing" }
  | { type: "answered" }
  /** No person answered: what it is called if nothing more comes of it, and whether we hang up now. */
  | { type: "no-person"; outcome: NoPerson; hangUp: boolean }
  /** The agent hears that no person speaks: the call ends as that, without a summary. */
  | { type: "agent-says"; outcome: NoPerson }
  /** No person speaks with the agent, who is let go; the call goes on without one. */
  | { type: "taken-back"; outcome: NoPerson }
  | { type: "agent-chosen"; userId: number }
  | { type: "no-agent" }
  /** The recorded message was heard, or a key of it was chosen. */
  | { type: "heard" }
  /** The person asks for an agent. */
  | { type: "to-agent" }
  | { type: "joined" }
  | { type: "agent-lost" }
  /** The agent leaves, and the customer is asked how they were served. */
  | { type: "to-survey" }
  /** They have answered, or will not; at most a minute later (`ask-survey.ts`). */
  | { type: "survey-over" }
  /** Another agent has taken the customer over. */
  | { type: "handed-on"; userId: number }
  /** The customer of a talk goes into the line of a campaign. */
  | { type: "queued" }
  /** The caller hangs up to be called back in their turn. */
  | { type: "place-kept" }
  /** The caller leaves a message for this person; null: in a box of several. */
  | { type: "to-voicemail"; userId: number | null }
  /** Placed for a transfer and answered: it is joined with the customer of another call. */
  | { type: "bridged" }
  /** Somebody on our side ends it; before answer it is a cancel. */
  | { type: "hang-up"; by: "agent" | "system"; cause: Cause }
  /** The dialler gives it up while it rings, for its answer would meet nobody; an answer that crosses it counts. */
  | { type: "give-up" }
  | ({ type: "leg-ended" } & LegEnd)
  | { type: "summary" }
  | { type: "wrap-limit" }
  | { type: "crashed"; cause: string };

export type CallEffect =
  | { type: "originate" }
  | { type: "route" }
  | { type: "join" }
  | { type: "apologise" }
  /** The recorded message begins, or hears that no agent came. */
  | { type: "message"; event: "begin" | "no-agent" }
  /** Music until an agent is free. */
  | { type: "queue" }
  /** A notice, a tone, and what the caller says is kept. */
  | { type: "voicemail" }
  | { type: "hang-up-leg"; cause: Cause }
  | { type: "withdraw-leg" }
  | { type: "agent"; event: "connected" | "call-failed" | "call-ended" | "wrap-up-over" }
  | { type: "start-wrap-up" }
  | { type: "finish" };

/** Columns of `calls` that a step sets; `null` leaves a column as it is. Marks are stamped with the event's time. */
export interface CallPatch {
  outcome?: Outcome;
  cause?: string;
  sipStatus?: number;
  sipReason?: string;
  endedBy?: EndedBy;
  agentUserId?: number;
  abandoned?: true;
  marks?: ("dialledAt" | "ringingAt" | "answeredAt" | "connectedAt" | "endedAt" | "wrapEndedAt")[];
}

export type CallStep =
  | { call: CallCore; patch: CallPatch; effects: CallEffect[] }
  | { refused: string }
  | { noted: string };

const refuse = (call: CallCore, event: CallEvent): CallStep => ({
  refused: `${event.type} in ${call.state}`,
});

function move(call: CallCore, to: CallState, patch: CallPatch = {}, ...effects: CallEffect[]): CallStep {
  return {
    call: {
      ...call,
      state: to,
      outcome: patch.outcome ?? call.outcome,
      agentUserId: patch.agentUserId ?? call.agentUserId,
      abandoned: patch.abandoned ?? call.abandoned,
      endedBy: patch.endedBy ?? call.endedBy,
    },
    patch,
    effects,
  };
}

/** Answered, and an agent may still take it. */
export const awaitsAgent = (call: CallCore): boolean =>
  call.state === "waiting" &&
  call.endedBy === null &&
  call.outcome !== "place-kept" &&
  (!call.abandoned || call.queue);

const before = new Set<CallState>(["dialling", "ringing"]);

/** The agent whose own dial came to nothing is let go. */
const letAgentGo = (call: CallCore): CallEffect[] =>
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

function onLegEnded(call: CallCore, event: LegEnd): CallStep {
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

function onHangUp(call: CallCore, by: EndedBy, cause: Cause): CallStep {
  const hangUp: CallEffect = { type: "hang-up-leg", cause };
  if (call.state === "talking") return endOfTalk(call, { cause, endedBy: by }, hangUp);
  if (call.state === "wrap-up" || call.state === "closed") return { noted: "hang-up" };
  // Until the leg has ended the call stays what it is: an answer may still cross our cancel.
  return move(call, call.state, { endedBy: by }, hangUp);
}

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

/** Whatever is left open is closed; what the agent was doing for it ends too. */
function onCrashed(call: CallCore, cause: string): CallStep {
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
