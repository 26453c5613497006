import type { Cause } from "./switch.ts";

/**
 * The life of a leg: pure and total. An input that a state does not know is refused (`undefined`).
 *
 *      originate                                            INVITE from a trunk or a phone
 *          │                                                       │
 *          ▼             18x                          ring,        ▼
 *     ┌──────────┐ ────────────► ┌─────────┐ ◄─── earlyMedia ─┌─────────┐
 *  ┌─►│ dialling │               │ ringing │ ─┐               │ offered │
 *  │  └────┬─────┘ ◄──────────── └────┬────┘  │ 18x, again    └────┬────┘
 *  │       │     refused, more to try │  ▲    │                    │
 *  └───────┤ refused, more to try     │  └────┘                    │ answer
 *          │ 2xx                      │ 2xx, answer                │
 *          ▼                          ▼                            ▼
 *     ┌─────────────────────────────────────────────────────────────────┐
 *     │                             answered                            │
 *     └────────────────────────────────┬────────────────────────────────┘
 *   from every state: hangup, refusal, │ ring timeout, party's BYE or CANCEL, lost media
 *                                      ▼
 *                                  ┌───────┐
 *                                  │ ended │  at once: nothing waits for the other side's 200 to our BYE
 *                                  └───────┘
 */
export type LegPhase = "dialling" | "offered" | "ringing" | "answered" | "ended";

export interface LegState {
  readonly direction: "out" | "in";
  readonly phase: LegPhase;
  /** What `leg-progress` told last, so that it is told again only when it changed. */
  /** We gave it up while it rang and wait for the network's word. */
  readonly withdrawn?: true;
  readonly told: { readonly sipStatus: number; readonly ringing: boolean; readonly earlyMedia: boolean };
}

export interface EndDetail {
  sipStatus?: number;
  sipReason?: string;
  q850?: number;
}

export type LegInput =
  | { type: "progress"; sipStatus: number; ringing: boolean; earlyMedia: boolean }
  /** Outgoing: 2xx came. Incoming: we answered. */
  | { type: "answered" }
  /** An attempt was refused; `more` when another trunk is left to try. */
  | { type: "refused"; cause: Cause; more: boolean; detail?: EndDetail }
  | { type: "ring-timeout" }
  | { type: "hangup"; cause?: Cause }
  /** Gives up a leg that rings; an answer that crosses it is an answer. */
  | { type: "withdraw" }
  /** BYE, or CANCEL of an incoming leg. */
  | { type: "party-left"; detail?: EndDetail }
  /** What the switch itself noticed: media, transport, codec. */
  | { type: "lost"; cause: Cause };

export type LegEffect =
  | { do: "tell-progress"; sipStatus: number; ringing: boolean; earlyMedia: boolean }
  | { do: "tell-answered" }
  | { do: "tell-failover"; cause: Cause; detail?: EndDetail }
  | { do: "try-next" }
  | { do: "cancel"; cause: Cause }
  /** Ends signalling in whatever state it is; `status` refuses an incoming leg that was not answered. */
  | { do: "release"; signal: boolean; cause: Cause; by: "party" | "us" | "switch"; detail?: EndDetail };

export interface LegStep {
  state: LegState;
  effects: LegEffect[];
}

const untold = { sipStatus: 0, ringing: false, earlyMedia: false };

export function newLeg(direction: "out" | "in"): LegState {
  return { direction, phase: direction === "out" ? "dialling" : "offered", told: untold };
}

/** One step; undefined when the input has no meaning in this state. */
export function stepLeg(state: LegState, input: LegInput): LegStep | undefined {
  if (state.phase === "ended") return undefined;
  const unanswered = state.phase !== "answered";
  switch (input.type) {
    case "progress":
      return unanswered ? progress(state, input) : undefined;
    case "answered":
      return unanswered
        ? { state: { ...state, phase: "answered" }, effects: [{ do: "tell-answered" }] }
        : undefined;
    case "refused":
      return unanswered && state.direction === "out" ? refused(state, input) : undefined;
    case "ring-timeout":
      return unanswered && state.direction === "out"
        ? end(state, {
            do: "release",
            signal: true,
            cause: state.withdrawn ? "given-up" : "no-answer",
            by: "us",
          })
        : undefined;
    case "withdraw":
      return state.phase === "ringing" && state.direction === "out" && !state.withdrawn
        ? { state: { ...state, withdrawn: true }, effects: [{ do: "cancel", cause: "given-up" }] }
        : undefined;
    case "hangup": {
      const cause = input.cause ?? (unanswered && state.direction === "out" ? "cancelled" : "normal");
      return end(state, { do: "release", signal: true, cause, by: "us" });
    }
    case "party-left": {
      // A BYE that overtakes our reading of the 200 is still a call that was answered.
      const cause = unanswered && state.direction === "in" ? "cancelled" : "normal";
      return end(state, { do: "release", signal: false, cause, by: "party", detail: input.detail });
    }
    case "lost":
      return end(state, { do: "release", signal: true, cause: input.cause, by: "switch" });
    default:
      return input satisfies never;
  }
}

function end(state: LegState, effect: LegEffect): LegStep {
  return { state: { ...state, phase: "ended" }, effects: [effect] };
}

function progress(state: LegState, input: LegInput & { type: "progress" }): LegStep {
  // Early media, once there, stays: a 180 after a 183 does not take it away (RFC 3960 §3.2).
  const told = {
    sipStatus: input.sipStatus,
    ringing: state.told.ringing || input.ringing,
    earlyMedia: state.told.earlyMedia || input.earlyMedia,
  };
  const isNews =
    told.ringing !== state.told.ringing ||
    told.earlyMedia !== state.told.earlyMedia ||
    told.sipStatus !== state.told.sipStatus;
  return {
    state: { ...state, phase: "ringing", told },
    effects: isNews ? [{ do: "tell-progress", ...told }] : [],
  };
}

function refused(state: LegState, input: LegInput & { type: "refused" }): LegStep {
  const { cause, detail } = input;
  if (state.withdrawn && (cause === "cancelled" || input.more))
    return end(state, { do: "release", signal: false, cause: "given-up", by: "us", detail });
  // Without a status from the wire nobody but ourselves refused: limits, silence, no phone online.
  const by = detail?.sipStatus === undefined ? "switch" : "party";
  if (!input.more) return end(state, { do: "release", signal: false, cause, by, detail });
  return {
    state: { ...state, phase: "dialling", told: untold },
    effects: [{ do: "tell-failover", cause, detail }, { do: "try-next" }],
  };
}
