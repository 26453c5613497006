import { AppError } from "../kernel/errors.ts";
import { type Codec, payloadTypeOf } from "./g711.ts";
import type { Direction, Sdp, SdpAudio, SdpPayload } from "./sdp.ts";

/** What both sides agreed on. */
export interface Negotiated {
  codec: Codec;
  payloadType: number;
  /** The party's payload type for RFC 4733 events; absent when it takes none. */
  dtmfPayloadType?: number;
  /** As the party wrote it. */
  partyDirection: Direction;
}

/** Payload type of `telephone-event/8000` in our offers. */
export const offeredDtmfType = 101;

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
export function offeredPayloads(codecs: readonly Codec[]): SdpPayload[] {
  const audio = codecs.map((codec) => ({ type: payloadTypeOf[codec], name: `${codec}/8000` }));
  return [...audio, { type: offeredDtmfType, name: "TELEPHONE-EVENT/8000", fmtp: "0-15" }];
}

/** Lines of `payloads` as `a=rtpmap` and `a=fmtp`. */
export function payloadLines(payloads: readonly SdpPayload[]): string[] {
  return payloads.flatMap((p) => {
    const name = p.name.startsWith("TELEPHONE") ? p.name.toLowerCase() : p.name;
    return [`a=rtpmap:${p.type} ${name}`, ...(p.fmtp ? [`a=fmtp:${p.type} ${p.fmtp}`] : [])];
  });
}

/** Reads the party's body. @throws AppError `no-common-codec` (488) with what it offered and what we take. */
export function negotiate(sdp: Sdp | undefined, codecs: readonly Codec[], profile: RegExp): Negotiated {
  if (!sdp) throw refusal("The party's SDP has no audio section.", []);
  const { audio } = sdp;
  const offered = audio.payloads.map((p) => p.name);
  if (audio.port === 0) throw refusal("The party refused the audio stream.", offered);
  if (audio.port > 65_535) throw refusal(`The party's port ${audio.port} does not exist.`, offered);
  if (!profile.test(audio.profile))
    throw refusal(`The party offers the profile ${audio.profile}, which this leg does not take.`, offered);
  const codec = codecs.find((c) => offered.includes(`${c}/8000`));
  if (!codec)
    throw refusal(
      `The party offers ${offered.join(", ") || "nothing"}, we take ${codecs.join(", ")}.`,
      offered,
    );
  const named = (name: string) => audio.payloads.find((p) => p.name === name)?.type;
  return {
    codec,
    payloadType: named(`${codec}/8000`)!,
    dtmfPayloadType: named("TELEPHONE-EVENT/8000"),
    partyDirection: heldByAddress(audio) ? "sendonly" : audio.direction,
  };
}

function heldByAddress(audio: SdpAudio): boolean {
  return audio.host === "0.0.0.0" && audio.direction === "sendrecv" && !audio.iceUfrag;
}

/** The payloads of our answer: the one codec agreed on, and events if both have them. */
export function answeredPayloads(agreed: Negotiated): SdpPayload[] {
  const audio = { type: agreed.payloadType, name: `${agreed.codec}/8000` };
  if (agreed.dtmfPayloadType === undefined) return [audio];
  return [audio, { type: agreed.dtmfPayloadType, name: "TELEPHONE-EVENT/8000", fmtp: "0-15" }];
}

function refusal(message: string, offered: string[]): AppError {
  return new AppError("no-common-codec", 488, message, { offered });
}
