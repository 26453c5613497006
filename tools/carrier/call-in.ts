import type { Codec } from "../../server/media/g711.ts";
import type { Body, HeaderList, SipStack, SipTarget } from "../../server/sip/types.ts";
import { CarrierCall, type CallContext } from "./call.ts";
import type { Plan } from "./plan.ts";
import type { RtpHub } from "./rtp-hub.ts";
import { readSdp, writeSdp } from "./sdp.ts";

export interface CallInRequest {
  from: string;
  to: string;
  target?: SipTarget;
  user?: string;
  plan?: Plan;
  /** INVITE without SDP; ours comes in the ACK (RFC 3261 §13.2.1). */
  lateOffer?: boolean;
  headers?: HeaderList;
  /** False: a telephone that knows no telephone-events; it sends keys as tones. */
  events?: boolean;
}

interface CallInParts {
  sip: SipStack;
  hub: RtpHub;
  context: CallContext;
  codecs: readonly Codec[];
  follow(call: CarrierCall): void;
  move(call: CarrierCall, plan: Plan): void;
}

const talkative: Plan = [
  { do: "wait", ms: 300 },
  { do: "play", sound: "hello-zh-1" },
  { do: "talk", sound: "talk-zh", ms: 120_000 },
  { do: "hangup" },
];

/** Calls the switch; the plan runs once it has answered. */
export function callIn(request: CallInRequest, parts: CallInParts): CarrierCall {
  const { sip, hub, context, codecs } = parts;
  const contact = request.user === undefined ? undefined : sip.contactsOf(request.user)[0];
  const target = request.target ?? contact?.target;
  if (!target) throw new Error(`Nobody to call: ${request.user ?? "no target"} is not registered.`);
  const ours = (chosen = codecs) => ({
    type: "application/sdp",
    content: writeSdp(context.host, hub.port, chosen, request.events === false ? null : undefined),
  });
  const answerOffer = async (offer: Body | undefined) => {
    const talk = readSdp(offer?.content ?? "", codecs);
    return ours(talk && [talk.codec]);
  };
  const invite = sip.invite({
    uri: contact?.uri ?? `sip:${request.to}@${target.host}:${target.port}`,
    from: `sip:${request.from}@${context.host}`,
    to: `sip:${request.to}@${target.host}`,
    target,
    headers: request.headers,
    ...(request.lateOffer ? { answerOffer } : { body: ours() }),
  });
  const numbers = { from: request.from, to: request.to, direction: "out" } as const;
  const call = new CarrierCall(invite, numbers, undefined, context);
  parts.follow(call);
  invite.onAccepted((response) => {
    const talk = readSdp(response.body?.content ?? "", codecs);
    if (!talk) return call.hangup();
    call.accepted(talk);
    parts.move(call, request.plan ?? talkative);
  });
  invite.onFailed((response) => call.refused(response.status));
  return call;
}
