import type { StateTable } from "./state-table.ts";

/**
 * The four transaction machines of RFC 3261 §17 as amended by RFC 6026, as pure tables. `send` puts the
 * request or the last response on the wire, `pass` hands the message up, `start-x` starts timer X.
 * On reliable transports the runner does not start A, E and G, and D, I, J, K last 0 s.
 */

/**
 * INVITE client (RFC 6026 §8.4).
 *
 *             | send, start A B
 *             v        A: send again
 *        +---------+ <---+
 *        | calling |-----+   B, transport error: tell, end
 *        +---------+
 *     1xx |  |  | 300-699: ack        2xx
 *         v  |  +-----------------+    |
 *  +------------+  300-699: ack   v    |
 *  | proceeding |---------> +-----------+  D: end
 *  +------------+           | completed |--------> terminated
 *         |                 +-----------+
 *     2xx |   +----------+  M: end
 *         +-> | accepted |---------------------->  terminated
 *             +----------+  2xx: pass
 */
export type InviteClientState = "calling" | "proceeding" | "completed" | "accepted" | "terminated";
export type InviteClientEvent = "1xx" | "2xx" | "3xx-6xx" | "A" | "B" | "D" | "M" | "transport-error";
export type ClientAction =
  | "send"
  | "pass"
  | "ack"
  | "timeout"
  | "transport-failed"
  | "stop-timers"
  | `start-${"A" | "B" | "D" | "E" | "F" | "K" | "M"}`;

const ended = {
  "1xx": "ignore",
  "2xx": "ignore",
  "3xx-6xx": "ignore",
  A: "ignore",
  B: "ignore",
  D: "ignore",
  E: "ignore",
  F: "ignore",
  K: "ignore",
  M: "ignore",
  "transport-error": "ignore",
} as const;

export const inviteClientMachine: StateTable<InviteClientState, InviteClientEvent, ClientAction> = {
  calling: {
    "1xx": ["proceeding", "stop-timers", "pass"],
    "2xx": ["accepted", "stop-timers", "start-M", "pass"],
    "3xx-6xx": ["completed", "stop-timers", "start-D", "ack", "pass"],
    A: ["calling", "send", "start-A"],
    B: ["terminated", "timeout"],
    D: "ignore",
    M: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  proceeding: {
    "1xx": ["proceeding", "pass"],
    "2xx": ["accepted", "stop-timers", "start-M", "pass"],
    "3xx-6xx": ["completed", "stop-timers", "start-D", "ack", "pass"],
    A: "ignore",
    B: "ignore",
    D: "ignore",
    M: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  completed: {
    "1xx": "ignore",
    "2xx": "ignore",
    "3xx-6xx": ["completed", "ack"],
    A: "ignore",
    B: "ignore",
    D: ["terminated"],
    M: "ignore",
    "transport-error": ["terminated"],
  },
  accepted: {
    "1xx": "ignore",
    "2xx": ["accepted", "pass"],
    "3xx-6xx": "ignore",
    A: "ignore",
    B: "ignore",
    D: "ignore",
    M: ["terminated"],
    "transport-error": ["terminated"],
  },
  terminated: ended,
};

/**
 * Non-INVITE client (RFC 3261 §17.1.2).
 *
 *          | send, start E F
 *          v     E: send again
 *      +--------+ <---+
 *      | trying |-----+    F, transport error: tell, end
 *      +--------+
 *   1xx |    | 200-699: pass, start K
 *       v    +----------------+
 *  +------------+             v
 *  | proceeding |------> +-----------+  K
 *  +------------+        | completed |-----> terminated
 *    E: send again       +-----------+
 */
export type ClientState = "trying" | "proceeding" | "completed" | "terminated";
export type ClientEvent = "1xx" | "final" | "E" | "F" | "K" | "transport-error";

export const clientMachine: StateTable<ClientState, ClientEvent, ClientAction> = {
  trying: {
    "1xx": ["proceeding", "pass"],
    final: ["completed", "stop-timers", "start-K", "pass"],
    E: ["trying", "send", "start-E"],
    F: ["terminated", "timeout"],
    K: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  proceeding: {
    "1xx": ["proceeding", "pass"],
    final: ["completed", "stop-timers", "start-K", "pass"],
    E: ["proceeding", "send", "start-E"],
    F: ["terminated", "timeout"],
    K: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  completed: {
    "1xx": "ignore",
    final: "ignore",
    E: "ignore",
    F: "ignore",
    K: ["terminated"],
    "transport-error": ["terminated"],
  },
  terminated: { ...ended, final: "ignore" },
};

/**
 * INVITE server (RFC 6026 §8.5). The upper layer retransmits its own 2xx through `accepted`.
 *
 *                 | pass
 *                 v    INVITE again, 1xx: send
 *          +------------+ <---+
 *          | proceeding |-----+
 *          +------------+
 *    2xx: send |   | 300-699: send, start G H
 *     start L  |   +-----------> +-----------+  G, INVITE again: send
 *              v                 | completed |  H: tell, end
 *        +----------+            +-----------+
 *        | accepted |                | ACK: start I
 *        +----------+                v
 *    L: end   | 2xx: send      +-----------+  I
 *             v                | confirmed |-----> terminated
 *        terminated            +-----------+
 */
export type InviteServerState = "proceeding" | "completed" | "accepted" | "confirmed" | "terminated";
export type InviteServerEvent =
  | "request"
  | "ack"
  | "send-1xx"
  | "send-2xx"
  | "send-3xx-6xx"
  | "G"
  | "H"
  | "I"
  | "L"
  | "transport-error";
export type ServerAction =
  | "send"
  | "no-ack"
  | "stop-timers"
  | "transport-failed"
  | `start-${"G" | "H" | "I" | "J" | "L"}`;

const endedServer = {
  request: "ignore",
  ack: "ignore",
  "send-1xx": "ignore",
  "send-2xx": "ignore",
  "send-3xx-6xx": "ignore",
  G: "ignore",
  H: "ignore",
  I: "ignore",
  L: "ignore",
  "transport-error": "ignore",
} as const;

export const inviteServerMachine: StateTable<InviteServerState, InviteServerEvent, ServerAction> = {
  proceeding: {
    ...endedServer,
    request: ["proceeding", "send"],
    "send-1xx": ["proceeding", "send"],
    "send-2xx": ["accepted", "send", "start-L"],
    "send-3xx-6xx": ["completed", "send", "start-G", "start-H"],
    "transport-error": ["terminated", "transport-failed"],
  },
  completed: {
    ...endedServer,
    request: ["completed", "send"],
    ack: ["confirmed", "stop-timers", "start-I"],
    G: ["completed", "send", "start-G"],
    H: ["terminated", "no-ack"],
    "transport-error": ["terminated", "transport-failed"],
  },
  accepted: {
    ...endedServer,
    "send-2xx": ["accepted", "send"],
    L: ["terminated"],
    "transport-error": ["terminated", "transport-failed"],
  },
  confirmed: { ...endedServer, I: ["terminated"] },
  terminated: endedServer,
};

/**
 * Non-INVITE server (RFC 3261 §17.2.2).
 *
 *      | pass
 *      v
 *  +--------+ 1xx: send  +------------+  request again, 1xx: send
 *  | trying |----------> | proceeding |
 *  +--------+            +------------+
 *      | 200-699: send, start J |
 *      v                        v
 *  +-----------+ <--------------+
 *  | completed |  request again: send
 *  +-----------+
 *      | J
 *      v
 *  terminated
 */
export type ServerState = "trying" | "proceeding" | "completed" | "terminated";
export type ServerEvent = "request" | "send-1xx" | "send-final" | "J" | "transport-error";

export const serverMachine: StateTable<ServerState, ServerEvent, ServerAction> = {
  trying: {
    request: "ignore",
    "send-1xx": ["proceeding", "send"],
    "send-final": ["completed", "send", "start-J"],
    J: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  proceeding: {
    request: ["proceeding", "send"],
    "send-1xx": ["proceeding", "send"],
    "send-final": ["completed", "send", "start-J"],
    J: "ignore",
    "transport-error": ["terminated", "transport-failed"],
  },
  completed: {
    request: ["completed", "send"],
    "send-1xx": "ignore",
    "send-final": "ignore",
    J: ["terminated"],
    "transport-error": ["terminated", "transport-failed"],
  },
  terminated: {
    request: "ignore",
    "send-1xx": "ignore",
    "send-final": "ignore",
    J: "ignore",
    "transport-error": "ignore",
  },
};
