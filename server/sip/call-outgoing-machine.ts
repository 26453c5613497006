import type { StateTable } from "./state-table.ts";

/**
 * The caller's side of an INVITE until it is answered or not (RFC 3261 §13.2, §9.1, §22).
 *
 *  resolving --resolved: send--> calling --1xx--> proceeding --2xx: accept--> accepted
 *      |                           |                  |
 *      | cancel                    | cancel           | cancel: send CANCEL
 *      v                           v                  v
 *    over <--lost, final-- cancel-wait --1xx: send--> cancelling --final, 2xx: ACK+BYE, lost--> over
 *
 * A CANCEL may go out only after a provisional response; a 2xx that crosses it is acknowledged and ended.
 * `challenge` is a 401/407 that we can answer; `lost` is a timeout or a transport error.
 */
export type OutgoingState =
  | "resolving"
  | "calling"
  | "proceeding"
  | "cancel-wait"
  | "cancelling"
  | "accepted"
  | "over";
export type OutgoingEvent = "resolved" | "1xx" | "2xx" | "challenge" | "refusal" | "lost" | "cancel";
export type OutgoingAction =
  | "send-invite"
  | "send-again"
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
    challenge: "ignore",
    refusal: "ignore",
    lost: ["over", "fail"],
    cancel: ["over", "fail-cancelled"],
  },
  calling: {
    resolved: "ignore",
    "1xx": ["proceeding", "progress"],
    "2xx": ["accepted", "accept"],
    challenge: ["calling", "send-again"],
    refusal: ["over", "fail"],
    lost: ["over", "fail"],
    cancel: ["cancel-wait", "limit-cancel"],
  },
  proceeding: {
    resolved: "ignore",
    "1xx": ["proceeding", "progress"],
    "2xx": ["accepted", "accept"],
    challenge: ["calling", "send-again"],
    refusal: ["over", "fail"],
    lost: ["over", "fail"],
    cancel: ["cancelling", "send-cancel", "limit-cancel"],
  },
  "cancel-wait": {
    resolved: "ignore",
    "1xx": ["cancelling", "send-cancel"],
    "2xx": ["over", "another-2xx", "fail-cancelled"],
    challenge: ["over", "fail-cancelled"],
    refusal: ["over", "fail-cancelled"],
    lost: ["over", "fail-cancelled"],
    cancel: "ignore",
  },
  cancelling: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["over", "another-2xx", "fail-cancelled"],
    challenge: ["over", "fail-cancelled"],
    refusal: ["over", "fail-cancelled"],
    lost: ["over", "fail-cancelled"],
    cancel: "ignore",
  },
  accepted: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["accepted", "another-2xx"],
    challenge: "ignore",
    refusal: "ignore",
    lost: "ignore",
    cancel: "ignore",
  },
  over: {
    resolved: "ignore",
    "1xx": "ignore",
    "2xx": ["over", "another-2xx"],
    challenge: "ignore",
    refusal: "ignore",
    lost: "ignore",
    cancel: "ignore",
  },
};
