/** What the desk within another page says, and what that page may ask of it (`docs/embedding.md`). */
import type { CallDirection } from "./calls.ts";
import type { AgentState } from "./desk.ts";

/** The one page that pages of listed origins may have in a frame, or open and speak with. */
export const embeddedDeskPath = "/desk/embedded";

export interface EmbedState {
  /** `signed-out`: nobody has signed in, or not at the desk yet; `elsewhere`: another desk of this agent is in charge. */
  state: AgentState | "elsewhere" | "offline";
  /** ISO 8601; null while nobody is at the desk. */
  since: string | null;
  agent: { id: number; name: string } | null;
  /** Its code, such as `lunch`, or its label where it has no code. */
  pauseReason: string | null;
  /** What comes after this call. */
  next: "pause" | "sign-out" | null;
  campaigns: { id: number; name: string }[];
  call: EmbedCall | null;
}

/** A call, or a record that is previewed. Numbers are masked for an agent who may not see them. */
export interface EmbedCall {
  /** Null for a record that is previewed. */
  callId: string | null;
  direction: CallDirection;
  state: string;
  phone: string;
  name: string;
  campaign: { id: number; name: string } | null;
  leadId: number | null;
  customerId: number | null;
  /** The record's field `external_id`, else `data.externalId` of the dial. */
  externalId: string | null;
  /** The campaign's address of this record in the other system; null where it names none, or lacks a value. */
  url: string | null;
  /** What `dial` was given. */
  data: Record<string, unknown> | null;
  /** Of the record, by their keys. */
  fields: Record<string, string>;
  startedAt: string | null;
  answeredAt: string | null;
  /** Agent and customer hear each other. */
  connectedAt: string | null;
  endedAt: string | null;
  cause: string | null;
  onHold: boolean;
  muted: boolean;
  recording: boolean;
}

export interface EmbedSummary {
  callId: string;
  /** With the labels that lead to it. */
  disposition: { id: number; path: string[] } | null;
  form: Record<string, unknown>;
  note: string;
  callbackAt: string | null;
}

/** Events by name, with what a listener is given. */
export interface EmbedEvents {
  /** The desk is there and connected; again after it was loaded anew. */
  ready: EmbedState;
  /** Anything of the agent's state differs. */
  state: EmbedState;
  /** A record is on the screen: preview, a dial, or a customer who was put through. */
  pop: EmbedCall;
  ringing: EmbedCall;
  /** Agent and customer hear each other. */
  answered: EmbedCall;
  /** Hold, mute or recording differs. */
  changed: EmbedCall;
  ended: EmbedCall;
  /** The agent's summary is final. */
  saved: EmbedSummary;
  /** What the agent is told went wrong, such as a refused dial: a code of `docs/embedding.md`. */
  notice: { code: string; message: string };
  /** The window was closed, or `close` was called. */
  closed: null;
}
export type EmbedEvent = keyof EmbedEvents;

/** Commands by name: what they take and answer. */
export interface EmbedCommands {
  dial: [
    { phone: string; campaign?: number | string; leadId?: number; customerId?: number; data?: unknown },
    { callId: string },
  ];
  setState: [{ state: "ready" | "paused" | "signed-out"; reason?: string | number }, EmbedState];
  hangup: [object, EmbedState];
  hold: [{ on: boolean }, EmbedState];
  mute: [{ on: boolean }, EmbedState];
  dtmf: [{ digits: string }, EmbedState];
  state: [object, EmbedState];
}
export type EmbedCommand = keyof EmbedCommands;

export interface EmbedFailure {
  code: string;
  message: string;
  detail: Record<string, unknown>;
}

/**
 * The script offers a `MessagePort` with this, to our origin alone, until the page takes one. `link` is new each time the
 * script begins, so that an offer that was under way when one was taken is known.
 */
export interface EmbedOffer {
  waihu: 1;
  link: string;
}

/** From the script, on the port. */
export interface EmbedRequest {
  id: number;
  command: EmbedCommand;
  args: Record<string, unknown>;
}

/** From the page, on the port. `gone`: the page goes away, or is loaded anew. */
export type EmbedMessage =
  | { type: "event"; event: EmbedEvent; data: unknown }
  | { type: "answer"; id: number; value: unknown }
  | { type: "failure"; id: number; error: EmbedFailure }
  | { type: "gone" };
