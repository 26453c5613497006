import { AppError } from "../kernel/errors.ts";
import { type AudioCodec, codecFacts } from "./codec.ts";
import { buildSdp, type Direction, type Sdp, sectionsOf } from "./sdp.ts";
import { payloadLines } from "./sdp-negotiate.ts";
import type { SdpPayload } from "./sdp.ts";

/** What ICE and DTLS need to know of one side (RFC 8839, RFC 8842). */
export interface Transport {
  iceUfrag: string;
  icePwd: string;
  fingerprint: string;
  /** Values of `a=candidate`. */
  candidates: string[];
}

/** Reads the library's own description. */
export function transportOf(sdp: string): Transport {
  const lines = sectionsOf(sdp).flat();
  const value = (name: string) => lines.find((l) => l.startsWith(`a=${name}:`))?.slice(name.length + 3) ?? "";
  return {
    iceUfrag: value("ice-ufrag"),
    icePwd: value("ice-pwd"),
    fingerprint: value("fingerprint"),
    candidates: lines.filter((l) => l.startsWith("a=candidate:")).map((l) => l.slice("a=candidate:".length)),
  };
}

/** A further host candidate with the address that the outside world sees, for a machine behind 1:1 NAT. */
export function withAdvertised(transport: Transport, host: string): Transport {
  const first = transport.candidates.find((c) => c.includes(" typ host"))?.split(" ");
  const isKnown = transport.candidates.some((c) => c.split(" ")[4] === host);
  if (!first || isKnown || host === "0.0.0.0" || host === "::") return transport;
  const added = `9 ${first[1]} ${first[2]} ${Number(first[3]) - 1000} ${host} ${first[5]} typ host`;
  return { ...transport, candidates: [...transport.candidates, added] };
}

export interface WebrtcDescription {
  session: { id: number; version: number };
  transport: Transport;
  setup: "actpass" | "active" | "passive";
  direction: Direction;
  payloads: SdpPayload[];
  mid: string;
  ssrc: number;
}

/** Our side of a browser's call, written by hand: one bundled audio section, full ICE gathered beforehand. */
export function buildWebrtcSdp(d: WebrtcDescription, like?: Sdp): string {
  const port = d.transport.candidates[0]?.split(" ")[5] ?? "9";
  const host =
    d.transport.candidates.find((c) => !c.split(" ")[4]?.includes(":"))?.split(" ")[4] ?? "0.0.0.0";
  const name = d.ssrc.toString(16).padStart(8, "0");
  const lines = [
    `m=audio ${port} UDP/TLS/RTP/SAVPF ${d.payloads.map((p) => p.type).join(" ")}`,
    `c=IN IP4 ${host}`,
    `a=mid:${d.mid}`,
    `a=${d.direction}`,
    "a=rtcp-mux",
    ...payloadLines(d.payloads),
    "a=ptime:20",
    `a=ice-ufrag:${d.transport.iceUfrag}`,
    `a=ice-pwd:${d.transport.icePwd}`,
    `a=fingerprint:${d.transport.fingerprint}`,
    `a=setup:${d.setup}`,
    `a=msid:${name} audio`,
    `a=ssrc:${d.ssrc} cname:${name}`,
    ...d.transport.candidates.map((c) => `a=candidate:${c}`),
    "a=end-of-candidates",
  ];
  const sessionLines = [`a=group:BUNDLE ${d.mid}`, "a=msid-semantic: WMS *"];
  return buildSdp({ ...d.session, host: "127.0.0.1" }, { lines, sessionLines }, like);
}

/**
 * Lines of the browser's audio section that the library needs beside what `Sdp` holds: candidates with a literal
 * address (RFC 8839 §5.1), SSRCs.
 */
const passedOn =
  /^a=(candidate:[\w+/]{1,32} 1 udp \d{1,10} [\da-fA-F.:]{2,45} \d{1,5} typ (host|srflx|prflx|relay)( |$)|ssrc:\d{1,10} \w+:|end-of-candidates$)/i;

/**
 * The library must not see ICE and DTLS values that are none: it may end the process.
 * @throws AppError `bad-webrtc-description` (488)
 */
export function requireTransport({ audio }: Sdp): void {
  const wrong = [
    /^[\w+/]{4,256}$/.test(audio.iceUfrag ?? "") || "ice-ufrag",
    /^[\w+/]{22,256}$/.test(audio.icePwd ?? "") || "ice-pwd",
    /^sha-256 ([\da-f]{2}:){31}[\da-f]{2}$/i.test(audio.fingerprint ?? "") || "fingerprint (sha-256)",
    /^(actpass|active|passive|)$/.test(audio.setup ?? "") || "setup",
    /^[\w+/.-]{0,32}$/.test(audio.mid ?? "") || "mid",
  ].filter((fault) => fault !== true);
  if (wrong.length === 0) return;
  const message = `The browser's SDP has no usable ${wrong.join(", ")}. Only WebRTC over DTLS-SRTP is taken.`;
  throw new AppError("bad-webrtc-description", 488, message, { wrong });
}

/**
 * The browser's description for the library: our codecs and telephone-event alone (with any other codec in it the library
 * keeps and answers that one), no extensions, mDNS candidates left out, always in both directions: holding is between
 * the browser and us, the transport stays.
 */
export function strippedForLibrary(text: string, sdp: Sdp, codecs: readonly AudioCodec[]): string {
  const section = sectionsOf(text)[sdp.audioIndex + 1]!;
  const { audio } = sdp;
  const payloads = audio.payloads.filter(
    (p) => p.name.startsWith("TELEPHONE-EVENT/") || codecs.some((codec) => codecFacts[codec].name === p.name),
  );
  const mid = audio.mid ?? "0";
  const lines = [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${payloads.map((p) => p.type).join(" ")}`,
    "c=IN IP4 0.0.0.0",
    `a=mid:${mid}`,
    "a=sendrecv",
    "a=rtcp-mux",
    ...payloadLines(payloads),
    `a=ice-ufrag:${audio.iceUfrag}`,
    `a=ice-pwd:${audio.icePwd}`,
    `a=fingerprint:${audio.fingerprint}`,
    `a=setup:${audio.setup ?? "actpass"}`,
    ...section.filter((line) => passedOn.test(line)),
  ];
  return buildSdp(
    { id: 1, version: 1, host: "127.0.0.1" },
    { lines, sessionLines: [`a=group:BUNDLE ${mid}`] },
  );
}
