/** What the life of a call (`call-machine.ts`) is told of: its state, its events, its effects, and one step. */
import type { CallOrigin, CallState, Outcome } from "../../../shared/calls.ts";
import type { Cause } from "../../switch/switch.ts";

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

export const refuse = (call: CallCore, event: CallEvent): CallStep => ({
  refused: `${event.type} in ${call.state}`,
});

export function move(
  call: CallCore,
  to: CallState,
  patch: CallPatch = {},
  ...effects: CallEffect[]
): CallStep {
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
