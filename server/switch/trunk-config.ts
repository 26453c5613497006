import type { AudioCodec } from "../media/codec.ts";

export interface TrunkConfig {
  id: number;
  name: string;
  enabled: boolean;
  host: string;
  /** Absent: as DNS says (SRV, RFC 3263), else the transport's default. */
  port?: number;
  /** `auto`: as DNS says (NAPTR, SRV), else UDP. */
  transport: "auto" | "udp" | "tcp" | "tls";
  /** Check the certificate of a TLS trunk (RFC 5922); false lets anybody on the way pose as the carrier. */
  tlsVerify: boolean;
  /** PEM of the authority to trust for it, in place of those that everybody knows. */
  tlsCa?: string;
  /** Encryption of the audio by SDES (RFC 4568): offered and insisted on, offered with a way back, or not at all. */
  srtp: "off" | "preferred" | "required";
  auth: "ip" | "registration" | "digest";
  username?: string;
  password?: string;
  /** From domain; default the host. */
  domain?: string;
  registerExpiresSeconds: number;
  /** Best first. */
  codecs: AudioCodec[];
  maxChannels: number;
  maxCallsPerSecond: number;
  /** How a called number and our caller ID are written: `e164` +86…, `digits` 86…, `national` with the country's trunk prefix. */
  numberFormat: "e164" | "digits" | "national";
  dialPrefix: string;
  country: string;
  /** More addresses that may send us calls. */
  inboundHosts: string[];
  /** Where the carrier reads our caller ID besides From (RFC 3325). */
  identityHeader: "p-asserted-identity" | "p-preferred-identity" | "remote-party-id" | "none";
  /** How it is told for whom a forwarded call was (RFC 5806, RFC 7044). */
  diversionHeader: "diversion" | "history-info" | "none";
  /** Believe its word on who calls and for whom the call was. */
  trustIdentity: boolean;
  /** Withhold our number from the person called (RFC 3323). */
  withholdNumber: boolean;
}

export interface TrunkStatus {
  trunkId: number;
  state: "up" | "down" | "registering" | "disabled";
  reason?: string;
  /** Calls that occupy it, in both directions. */
  channels: number;
  /** Calls that wait for its calls-per-second limit (two seconds at most, else another trunk or `no-trunk`). */
  waiting: number;
  registeredUntil?: number;
  /** Of the last OPTIONS that was answered. */
  rttMs?: number;
}

/** A carrier that knows us by our address, with settings that most of them want. */
export const trunkByAddress = (
  peer: { host: string; port: number },
  trunk: Pick<TrunkConfig, "id" | "name" | "maxChannels" | "maxCallsPerSecond"> & Partial<TrunkConfig>,
): TrunkConfig => ({
  enabled: true,
  host: peer.host,
  port: peer.port,
  transport: "udp",
  tlsVerify: true,
  srtp: "off",
  auth: "ip",
  registerExpiresSeconds: 300,
  codecs: ["PCMA", "PCMU"],
  numberFormat: "e164",
  dialPrefix: "",
  country: "CN",
  inboundHosts: [],
  identityHeader: "p-asserted-identity",
  diversionHeader: "diversion",
  trustIdentity: true,
  withholdNumber: false,
  ...trunk,
});
