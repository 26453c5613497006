import type { StateTable } from "./state-table.ts";

/**
 * The called side of an INVITE until its final answer (RFC 3261 §13.3); afterwards the session owns it.
 *
 *   proceeding --accept--> answered
 *       |  \---accept while a reliable 1xx waits for PRACK--> answering --PRACK--> answered
 *       |                                                        |
 *       +--reject, CANCEL, BYE, wire lost, no PRACK--> over <----+
 */
export type IncomingState = "proceeding" | "answering" | "answered" | "over";
export type IncomingEvent =
  | "accept"
  | "accept-later"
  | "clear"
  | "reject"
  | "cancel"
  | "bye"
  | "lost"
  | "no-prack";
export type IncomingAction = "answer" | "refuse" | "refuse-487" | "refuse-504" | "tell-cancelled";

const settled = {
  accept: "ignore",
  "accept-later": "ignore",
  clear: "ignore",
  reject: "ignore",
  cancel: "ignore",
  bye: "ignore",
  lost: "ignore",
  "no-prack": "ignore",
} as const;

const unanswered = {
  reject: ["over", "refuse"],
  cancel: ["over", "refuse-487", "tell-cancelled"],
  bye: ["over", "refuse-487", "tell-cancelled"],
  lost: ["over", "tell-cancelled"],
  "no-prack": ["over", "refuse-504", "tell-cancelled"],
} as const;

export const incomingMachine: StateTable<IncomingState, IncomingEvent, IncomingAction> = {
  proceeding: {
    ...unanswered,
    accept: ["answered", "answer"],
    "accept-later": ["answering"],
    clear: "ignore",
  },
  answering: { ...unanswered, accept: "ignore", "accept-later": "ignore", clear: ["answered", "answer"] },
  answered: settled,
  over: settled,
};
