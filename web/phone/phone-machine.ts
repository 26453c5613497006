import type { MicrophoneProblem } from "./microphone-problem.ts";

/**
 * The browser phone as a pure machine of two regions. The link is our registration at the server, the leg is
 * the one call between server and browser, which outlives a lost link: media does not pass by the WebSocket.
 *
 * ```
 *  link   off ──start──▶ preparing ──prepared──▶ connecting ──registered──▶ registered
 *          ▲                │   ▲                   │    ▲                      │
 *          │ stop    failed │   │ retry   failed,   │    │ connected            │ disconnected
 *          │ (from any)     ▼   │         refused   ▼    │                      ▼
 *          └───────────── waiting ◀─────────────────┘    └──────────────────── lost
 *                 blocked ◀── microphone-failed (from preparing; start tries again)
 *
 *  leg    none ──offered──▶ answering ──established──▶ up ──ended──▶ none
 *                              ▲────────offered───────┘   (a rejoin replaces the leg)
 * ```
 */
export type PhoneLink = "off" | "preparing" | "connecting" | "registered" | "lost" | "waiting" | "blocked";
export type PhoneLeg = "none" | "answering" | "up";

export interface PhoneState {
  link: PhoneLink;
  leg: PhoneLeg;
  /** Failed tries since the last registration; sets the delay of the next. */
  attempt: number;
  microphone: MicrophoneProblem | null;
}

export type PhoneEvent =
  | { type: "start" }
  | { type: "prepared" }
  | { type: "microphone-failed"; problem: MicrophoneProblem }
  | { type: "microphone-back" }
  | { type: "failed" }
  | { type: "connected" }
  | { type: "registered" }
  | { type: "disconnected" }
  | { type: "retry" }
  | { type: "offered" }
  | { type: "established" }
  | { type: "ended" }
  | { type: "stop" };

export type PhoneEffect =
  | { type: "prepare" }
  | { type: "connect" }
  | { type: "retry-in"; delayMs: number }
  | { type: "close" };

export interface PhoneStep {
  state: PhoneState;
  effects: PhoneEffect[];
  /** The event has no place in this state; nothing changed. */
  refused?: true;
}

export const phoneOff: PhoneState = { link: "off", leg: "none", attempt: 0, microphone: null };

/** Delay before try `attempt` (from 1): half a second, doubling, at most 15 s. */
export function retryDelayMs(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(attempt - 1, 10));
}

export function phoneStep(state: PhoneState, event: PhoneEvent): PhoneStep {
  if (event.type === "stop") {
    return state.link === "off" ? { state, effects: [] } : { state: phoneOff, effects: [{ type: "close" }] };
  }
  return legStep(state, event) ?? linkStep(state, event) ?? { state, effects: [], refused: true };
}

function legStep(state: PhoneState, event: PhoneEvent): PhoneStep | undefined {
  if (state.link === "off") return undefined;
  switch (event.type) {
    case "offered":
      return { state: { ...state, leg: "answering" }, effects: [] };
    case "established":
      return state.leg === "answering" ? { state: { ...state, leg: "up" }, effects: [] } : undefined;
    case "ended":
      return state.leg === "none" ? undefined : { state: { ...state, leg: "none" }, effects: [] };
    case "microphone-back":
      return { state: { ...state, microphone: null }, effects: [] };
    case "microphone-failed":
      // While preparing there is no phone without a microphone; later the far end can still be heard.
      return state.link === "preparing"
        ? { state: { ...state, link: "blocked", microphone: event.problem }, effects: [] }
        : { state: { ...state, microphone: event.problem }, effects: [] };
    default:
      return undefined;
  }
}

function linkStep(state: PhoneState, event: PhoneEvent): PhoneStep | undefined {
  const to = (link: PhoneLink, ...effects: PhoneEffect[]): PhoneStep => ({
    state: { ...state, link },
    effects,
  });
  const later = (): PhoneStep => {
    const attempt = state.attempt + 1;
    return {
      state: { ...state, link: "waiting", attempt },
      effects: [{ type: "retry-in", delayMs: retryDelayMs(attempt) }],
    };
  };
  switch (event.type) {
    case "start":
      if (state.link !== "off" && state.link !== "blocked") return undefined;
      return { state: { ...state, link: "preparing", microphone: null }, effects: [{ type: "prepare" }] };
    case "prepared":
      return state.link === "preparing" ? to("connecting", { type: "connect" }) : undefined;
    case "failed":
      return ["preparing", "connecting", "registered"].includes(state.link) ? later() : undefined;
    case "retry":
      return state.link === "waiting" ? to("preparing", { type: "prepare" }) : undefined;
    case "connected":
      return state.link === "lost"
        ? to("connecting")
        : state.link === "connecting"
          ? to("connecting")
          : undefined;
    case "registered":
      if (!["connecting", "registered", "waiting"].includes(state.link)) return undefined;
      return { state: { ...state, link: "registered", attempt: 0 }, effects: [] };
    case "disconnected":
      return state.link === "connecting" || state.link === "registered" ? to("lost") : undefined;
    default:
      return undefined;
  }
}
