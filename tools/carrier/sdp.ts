import { type Codec, payloadTypeOf } from "../../server/media/g711.ts";

/** The carrier's own small reading of SDP: another hand than the product's, so that a shared mistake shows. */
export interface Talk {
  host: string;
  port: number;
  codec: Codec;
  /** Payload type of telephone-event, when offered. */
  eventType?: number;
  /** Where the party takes RTCP (RFC 3605), else the port after its RTP. */
  rtcpPort: number;
  /** False when the other side put us on hold or hears only. */
  theySend: boolean;
  theyReceive: boolean;
}

/** Reads an offer or answer; undefined when there is no G.711 audio in it. */
export function readSdp(sdp: string, codecs: readonly Codec[]): Talk | undefined {
  const audio = /^m=audio (\d+) RTP\/AVP ([\d ]+)$/m.exec(sdp.replaceAll("\r", ""));
  const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  if (!audio || !host || audio[1] === "0") return undefined;
  const offered = audio[2]!.split(" ").map(Number);
  const types = new Map(codecs.map((codec) => [payloadTypeOf[codec], codec]));
  const codec = offered.map((type) => types.get(type)).find((found) => found !== undefined);
  if (!codec) return undefined;
  const event = /^a=rtpmap:(\d+) telephone-event\/8000/m.exec(sdp)?.[1];
  const rtcp = /^a=rtcp:(\d+)/m.exec(sdp)?.[1];
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(sdp)?.[1] ?? "sendrecv";
  return {
    host,
    port: Number(audio[1]),
    codec,
    eventType: event === undefined ? undefined : Number(event),
    rtcpPort: rtcp === undefined ? Number(audio[1]) + 1 : Number(rtcp),
    theySend: direction === "sendrecv" || direction === "sendonly",
    theyReceive: direction === "sendrecv" || direction === "recvonly",
  };
}

let version = 0;

/** Our side of a session on `host:port`: an offer of `codecs`, or the answer when it names one. */
export function writeSdp(
  host: string,
  port: number,
  codecs: readonly Codec[],
  /** Null: without events. */
  eventType: number | null | undefined = 101,
  direction: "sendrecv" | "sendonly" = "sendrecv",
): string {
  version += 1;
  const types = codecs.map((codec) => payloadTypeOf[codec]);
  const events = eventType === null ? [] : [eventType];
  return [
    "v=0",
    `o=carrier ${version} ${version} IN IP4 ${host}`,
    "s=-",
    `c=IN IP4 ${host}`,
    "t=0 0",
    `m=audio ${port} RTP/AVP ${[...types, ...events].join(" ")}`,
    ...codecs.map((codec) => `a=rtpmap:${payloadTypeOf[codec]} ${codec}/8000`),
    ...events.flatMap((type) => [`a=rtpmap:${type} telephone-event/8000`, `a=fmtp:${type} 0-15`]),
    "a=ptime:20",
    // RTP and RTCP come to one socket and are told apart there.
    `a=rtcp:${port}`,
    `a=${direction}`,
    "",
  ].join("\r\n");
}
