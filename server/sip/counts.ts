import type { SipTransport } from "./types.ts";

/** What the stack has done since its start. */
export interface SipCounts {
  received: Record<SipTransport, number>;
  sent: Record<SipTransport, number>;
  /** Messages that could not be parsed or lack what they must carry. */
  malformed: number;
  /** Messages dropped because their source is banned. */
  dropped: number;
  /** Times that a source was banned. */
  bans: number;
  /** Requests and responses sent again for want of an answer (RFC 3261 timers A, E, G). */
  retransmissions: number;
  /** Requests without any final answer in time (timers B, F). */
  timeouts: number;
}

const none = (): Record<SipTransport, number> => ({ udp: 0, tcp: 0, tls: 0, ws: 0, wss: 0 });

export const newSipCounts = (): SipCounts => ({
  received: none(),
  sent: none(),
  malformed: 0,
  dropped: 0,
  bans: 0,
  retransmissions: 0,
  timeouts: 0,
});
