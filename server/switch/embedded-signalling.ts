import type { Body, SipCall } from "../sip/types.ts";
import { causeOfSdpRefusal, causeOfStackEnd, q850Of } from "./causes.ts";
import { type Core, isEnded, type Leg } from "./embedded-core.ts";
import { transferAsked } from "./embedded-transfer.ts";
import type { EndDetail } from "./leg-machine.ts";

/** The raw Reason header and its Q.850 value, for `leg-ended`. */
export function detailOf(reasonHeader: string | undefined, sipStatus?: number): EndDetail {
  return { sipStatus, sipReason: reasonHeader, q850: q850Of(reasonHeader) };
}

export const sdpBody = (content: string): Body => ({ type: "application/sdp", content });

/** What happens inside a dialog, in either direction: BYE, re-INVITE, INFO. `isCurrent` is false for a fork that lost. */
export function watchDialog(core: Core, leg: Leg, call: SipCall, isCurrent: () => boolean): void {
  call.on("ended", (info) => {
    if (!isCurrent() || isEnded(leg)) return;
    if (info.by === "remote") core.apply(leg, { type: "party-left", detail: detailOf(info.reasonHeader) });
    else if (info.by === "stack") core.apply(leg, { type: "lost", cause: causeOfStackEnd(info.stackCause) });
  });
  call.on("reoffer", (body, respond) => {
    if (!isCurrent() || isEnded(leg)) return respond(481);
    void answerReoffer(core, leg, body, respond);
  });
  call.on("refer", (referral) => {
    if (isCurrent()) transferAsked(core, leg, referral);
    else referral.refuse(481);
  });
  call.on("answer", (body) => {
    // The ACK's answer to the offer of our 2xx: theirs had none.
    if (isCurrent() && !isEnded(leg)) takeLateAnswer(core, leg, body);
  });
  call.on("info", (body) => {
    const digit = digitOfInfo(body);
    if (digit !== undefined && isCurrent() && !isEnded(leg)) leg.media?.pressed(digit);
  });
}

function takeLateAnswer(core: Core, leg: Leg, body: Body): void {
  leg.media?.acceptAnswer(body.content).catch((error: unknown) => {
    core.log.warn({ legId: leg.legId, err: error }, "the answer in ACK cannot be used");
    core.apply(leg, { type: "lost", cause: causeOfSdpRefusal(error) });
  });
}

async function answerReoffer(
  core: Core,
  leg: Leg,
  body: Body | undefined,
  respond: (status: number, body?: Body) => void,
): Promise<void> {
  const { media } = leg;
  if (!media) return respond(488);
  try {
    // Without a body the party wants our offer (RFC 3261 §14.2); its answer comes in the ACK.
    const sdp = body ? await media.answer(body.content) : await media.offer();
    respond(200, sdpBody(sdp));
  } catch (error) {
    // The session goes on as it was (RFC 3261 §14.2).
    core.log.warn({ legId: leg.legId, err: error }, "re-offer refused");
    return respond(488);
  }
  if (isEnded(leg) || media.heldByParty === leg.heldByParty) return;
  leg.heldByParty = media.heldByParty;
  core.emit({ type: "leg-held", legId: leg.legId, held: leg.heldByParty });
}

/** The digit of an INFO: `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`). */
export function digitOfInfo(body: Body | undefined): string | undefined {
  const type = body?.type.split(";", 1)[0]!.trim().toLowerCase();
  if (!body || !type?.startsWith("application/dtmf")) return undefined;
  const written =
    type === "application/dtmf-relay"
      ? /^\s*Signal\s*=\s*(\S+)/im.exec(body.content)?.[1]
      : body.content.trim();
  // 10 and 11 are star and hash in the event numbers of RFC 4733.
  const digit = written === "10" ? "*" : written === "11" ? "#" : written?.toUpperCase();
  return digit !== undefined && /^[\d*#A-D]$/.test(digit) ? digit : undefined;
}
