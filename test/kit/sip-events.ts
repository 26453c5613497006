import type {
  Body,
  ByeInfo,
  IncomingCall,
  OutgoingCall,
  SipResponseInfo,
  SipStack,
} from "../../server/sip/types.ts";

type Call = IncomingCall | OutgoingCall;
type Failure = SipResponseInfo & { stack?: boolean };

/** The events of calls as promises; ask before the event can come. */
export const ended = (call: Call) => new Promise<ByeInfo>((resolve) => call.on("ended", resolve));
export const accepted = (call: OutgoingCall) =>
  new Promise<SipResponseInfo>((resolve) => call.onAccepted(resolve));
export const failed = (call: OutgoingCall) => new Promise<Failure>((resolve) => call.onFailed(resolve));
export const incoming = (stack: SipStack) => new Promise<IncomingCall>((resolve) => stack.onInvite(resolve));

/** Answers every re-offer with this body. */
export const agreeTo = (call: Call, body: Body) =>
  call.on("reoffer", (_offer, respond) => respond(200, body));
