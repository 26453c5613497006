import type { StateTable } from "./state-table.ts";

/**
 * The caller's side of an INVITE until it is answered or not (RFC 3261 §13.2, §9.1, §22).
 *
 *      +<------- redirect -------+------ redirect ------+
 *      v                         |                      |
 *  resolving --resolved: send--> calling --1xx--> proceeding --2xx: accept--> accepted
 *      |                           |                  |
 *      | cancel                    | cancel           | cancel: send CANCEL
 *      v                           v                  v
 *    over <--lost, final-- cancel-wait --1xx: send--> cancelling --final, 2xx: ACK+BYE, lost--> over
 *
 * A CANCEL may go out only after a provisional response; a 2xx that crosses it is acknowledged and ended. `withdraw`
 * sends one, too, but stays in proceeding: a 2xx that crosses it is an answer.
 * `again` is a refusal that we can satisfy: a 401/407, a 422, trouble at one server of several; `redirect` a 3xx that may be followed, whose target
 * is resolved first; `lost` is a timeout or a transport error.
 */
export type OutgoingState =
  | "resolving"
  | "calling"
  | "proceeding"
  | "cancel-wait"
  | "cancelling"
  | "accepted"
  | "over";
export type OutgoingEvent =
  | "resolved"
  | "1xx"
  | "2xx"
  | "again"
  | "redirect"
  | "refusal"
  | "lost"
  | "cancel"
  | "withdraw";
export type OutgoingAction =
  | "send-invite"
  | "send-again"
  | "follow"
  | "send-cancel"
  | "limit-cancel"
  | "progress"
  | "accept"
  | "fail"
  | "fail-cancelled"
  | "another-2xx";

export const outgoingMachine: StateTable<OutgoingState, OutgoingEvent, OutgoingAction> = {
  resolving: {
    resolved: ["calling", "send-invite"],
    "1xx": "ignore",
    "2xx": "ignore",
    again: "ignore",
    redirect: "ignore",
    refusal: "ignore",
    lost: ["over", "fail"],
    cancel: ["over", "fail-cancelled"],
    withdraw: ["over", "fail-cancelled"],
  },
  calling: {
    resolved: "ignore",
    "1xx": ["proceeding", "progress"],
    "2xx": ["accepted", "accept"],
    again: ["calling", "send-again"],
    redirect: ["resolving", "follow"],
    refusal: ["over", "fail"],
    lost: ["over", "fail"],
    cancel: ["cancel-wait", "limit-cancel"],
    withdraw: ["cancel-wait", "limit-cancel"],
  },
  proceeding: {
    resolved: "ignore",
    "1xx": ["proceeding", "progress"],
    "2xx": ["accepted", "accept"],
    again: ["calling", "send-again"],
    redirect: ["resolving", "follow"],
    refusal: ["over", "fail"],
    lost: ["over", "fail"],
    cancel: ["cancelling", "send-cancel", "limit-cancel"],
    withdraw: ["proceeding", "send-cancel", "limit-cancel"],
  },
  "cancel-wait": {
    resolved: "ignore",
    "1xx": ["cancelling", "send-cancel"],
    "2xx": ["over", "another-2xx", "fail-cancelled"],
    again: ["over", "fail-cancelled"],
    redirect: ["over", "fail-cancelled"],
    refusal: ["over", "fail-cancelled"],
    lost: ["over", "fail-cancelled"],
    cancel: "ignore",
    withdraw: "ignore",
  },
  cancelling: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["over", "another-2xx", "fail-cancelled"],
    again: ["over", "fail-cancelled"],
    redirect: ["over", "fail-cancelled"],
    refusal: ["over", "fail-cancelled"],
    lost: ["over", "fail-cancelled"],
    cancel: "ignore",
    withdraw: "ignore",
  },
  accepted: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["accepted", "another-2xx"],
    again: "ignore",
    redirect: "ignore",
    refusal: "ignore",
    lost: "ignore",
    cancel: "ignore",
    withdraw: "ignore",
  },
  over: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["over", "another-2xx"],
    again: "ignore",
    redirect: "ignore",
    refusal: "ignore",
    lost: "ignore",
    cancel: "ignore",
    withdraw: "ignore",
  },
};
