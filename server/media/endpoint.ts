import type { Negotiated } from "./sdp-negotiate.ts";

/** What a leg gets from its way to the party. `at` is monotonic milliseconds. */
export interface EndpointHandlers {
  rtp(datagram: Buffer, at: number): void;
  rtcp(datagram: Buffer): void;
  connection(state: "connecting" | "connected" | "disconnected" | "failed" | "closed"): void;
}

/** The way to one party: its SDP and its packets. Plain RTP and WebRTC are the two kinds. */
export interface Endpoint {
  offer(): Promise<string>;
  acceptAnswer(sdp: string): Promise<Negotiated>;
  answer(sdp: string): Promise<{ sdp: string; agreed: Negotiated }>;
  sendRtp(packet: Buffer): void;
  sendRtcp(packet: Buffer): void;
  /** Twice a second. `at` is monotonic ms. */
  housekeep?(at: number): void;
  /** How packets are encrypted: a suite's name, or `DTLS-SRTP`; undefined in the clear. */
  readonly security: string | undefined;
  close(): void;
}
