import { AppError } from "../kernel/errors.ts";
import { type AudioCodec, codecFacts } from "./codec.ts";
import type { Direction, Sdp, SdpAudio, SdpPayload } from "./sdp.ts";

/** What both sides agreed on. */
export interface Negotiated {
  codec: AudioCodec;
  /** The party's, for what we send. */
  payloadType: number;
  /** The party's payload type for RFC 4733 events; absent when it takes none. */
  dtmfPayloadType?: number;
  /** RTP clock of the events; that of the codec, if the party has events of that clock. */
  dtmfClockRate: number;
  /** As the party wrote it. */
  partyDirection: Direction;
}

/** Payload types of `telephone-event` in our offers by clock rate: events share the clock of the voice (RFC 4733 §2.1). */
const offeredDtmfTypes: Readonly<Record<number, number>> = { 8000: 101, 48_000: 110 };
export const offeredDtmfType = 101;

/** The party may send this type: what it agreed to, or what we offered for it. */
export const isDtmfType = (type: number, agreed: Negotiated) =>
  type === agreed.dtmfPayloadType || type === offeredDtmfTypes[agreed.dtmfClockRate];

const mirrored: Readonly<Record<Direction, Direction>> = {
  sendrecv: "sendrecv",
  sendonly: "recvonly",
  recvonly: "sendonly",
  inactive: "inactive",
};

/** The direction of our answer (RFC 3264 §6.1): whatever the party wants, seen from our side. */
export const answerDirection = (party: Direction): Direction => mirrored[party];
/** The party takes audio. An address of 0.0.0.0 is the hold of RFC 2543. */
export const partyHears = (direction: Direction) => direction === "sendrecv" || direction === "recvonly";
export const partySpeaks = (direction: Direction) => direction === "sendrecv" || direction === "sendonly";

/** The m-line's payloads in our offer. */
export function offeredPayloads(codecs: readonly AudioCodec[]): SdpPayload[] {
  const audio = codecs.map((codec) => {
    const { payloadType: type, name, fmtp } = codecFacts[codec];
    return { type, name, fmtp };
  });
  const clockRates = new Set([8000, ...codecs.map((codec) => codecFacts[codec].clockRate)]);
  const events = [...clockRates].map((rate) => dtmfPayload(offeredDtmfTypes[rate]!, rate));
  return [...audio, ...events];
}

const dtmfPayload = (type: number, clockRate: number): SdpPayload => ({
  type,
  name: `TELEPHONE-EVENT/${clockRate}`,
  fmtp: "0-15",
});

/** Lines of `payloads` as `a=rtpmap` and `a=fmtp`. */
export function payloadLines(payloads: readonly SdpPayload[]): string[] {
  return payloads.flatMap((p) => {
    const name = /^(TELEPHONE|OPUS)/.test(p.name) ? p.name.toLowerCase() : p.name;
    return [`a=rtpmap:${p.type} ${name}`, ...(p.fmtp ? [`a=fmtp:${p.type} ${p.fmtp}`] : [])];
  });
}

/** Reads the party's body. @throws AppError `no-common-codec` (488) with what it offered and what we take. */
export function negotiate(sdp: Sdp | undefined, codecs: readonly AudioCodec[], profile: RegExp): Negotiated {
  if (!sdp) throw refusal("The party's SDP has no audio section.", []);
  const { audio } = sdp;
  const offered = audio.payloads.map((p) => p.name);
  if (audio.port === 0) throw refusal("The party refused the audio stream.", offered);
  if (audio.port > 65_535) throw refusal(`The party's port ${audio.port} does not exist.`, offered);
  if (!profile.test(audio.profile))
    throw refusal(`The party offers the profile ${audio.profile}, which this leg does not take.`, offered);
  const codec = codecs.find((c) => offered.includes(codecFacts[c].name));
  if (!codec)
    throw refusal(
      `The party offers ${offered.join(", ") || "nothing"}, we take ${codecs.join(", ")}.`,
      offered,
    );
  const named = (name: string) => audio.payloads.find((p) => p.name === name)?.type;
  const { name, clockRate } = codecFacts[codec];
  const ownClock = named(`TELEPHONE-EVENT/${clockRate}`);
  return {
    codec,
    payloadType: named(name)!,
    dtmfPayloadType: ownClock ?? named("TELEPHONE-EVENT/8000"),
    dtmfClockRate: ownClock === undefined ? 8000 : clockRate,
    partyDirection: heldByAddress(audio) ? "sendonly" : audio.direction,
  };
}

function heldByAddress(audio: SdpAudio): boolean {
  return audio.host === "0.0.0.0" && audio.direction === "sendrecv" && !audio.iceUfrag;
}

/** The payloads of our answer: the one codec agreed on, and events if both have them. */
export function answeredPayloads(agreed: Negotiated): SdpPayload[] {
  const { name, fmtp } = codecFacts[agreed.codec];
  const audio = { type: agreed.payloadType, name, fmtp };
  if (agreed.dtmfPayloadType === undefined) return [audio];
  return [audio, dtmfPayload(agreed.dtmfPayloadType, agreed.dtmfClockRate)];
}

function refusal(message: string, offered: string[]): AppError {
  return new AppError("no-common-codec", 488, message, { offered });
}
