import { endpointCodecs } from "./codec-policy.ts";
import { AppError } from "../kernel/errors.ts";
import type { LegSpec } from "../media/types.ts";
import type { OutgoingInvite, SipResponseInfo } from "../sip/types.ts";
import { causeOfRefusal, causeOfSdpRefusal, isTrunkTrouble, moreTelling } from "./causes.ts";
import { type Attempt, type Core, isEnded, type Leg, mediaIdOf } from "./embedded-core.ts";
import { contactInvite, isBrowser, srtpForPhone, trunkInvite } from "./embedded-invite.ts";
import { detailOf, sdpBody, watchDialog } from "./embedded-signalling.ts";
import type { TrunkBooking } from "./embedded-trunks.ts";
import type { EndDetail } from "./leg-machine.ts";
import type { Cause, OriginateRequest } from "./switch.ts";

/** A browser sends a packet every 20 ms, muted or not; a gap of Wi-Fi rarely lasts a second. */
const browserSilentAfterMs = 1000;

/** Starts the leg's calls; everything later is told through `core.apply`. */
export function dial(core: Core, leg: Leg, request: OriginateRequest): void {
  const { destination } = request;
  if (destination.kind === "endpoint") return void dialEndpoint(core, leg, request, destination.user);
  const tried = new Set<number>();
  const first = core.trunks.book(destination.trunkIds, tried);
  if (!first) return core.apply(leg, { type: "refused", cause: "no-trunk", more: false });
  dialTrunk(core, leg, request, first, tried);
}

function dialTrunk(
  core: Core,
  leg: Leg,
  request: OriginateRequest,
  booking: TrunkBooking,
  tried: Set<number>,
): void {
  const { trunk } = booking;
  const number = request.destination.kind === "trunk" ? request.destination.number : "";
  const trunkIds = request.destination.kind === "trunk" ? request.destination.trunkIds : [];
  const attemptNumber = tried.size;
  tried.add(trunk.id);
  leg.trunkId = trunk.id;
  leg.heard = {};
  leg.releaseChannel = () => booking.release();

  const refused = (cause: Cause, detail?: EndDetail) => {
    booking.release();
    if (isEnded(leg)) return;
    const next = isTrunkTrouble(cause) ? core.trunks.book(trunkIds, tried) : undefined;
    leg.tryNext = next && (() => dialTrunk(core, leg, request, next, tried));
    core.apply(leg, { type: "refused", cause, more: next !== undefined, detail });
  };
  const over = () => booking.release();
  const go = () => {
    if (isEnded(leg)) return over();
    void attempt(core, leg, {
      mediaId: mediaIdOf(leg.legId, attemptNumber),
      kind: "rtp",
      codecs: trunk.codecs,
      srtp: trunk.srtp,
      invite: trunkInvite(trunk, number, request, core.trunkTimeoutMs, core.trunks.routesOf(trunk.id)),
      trunkId: trunk.id,
      ringTimeoutMs: request.ringTimeoutMs,
      refused,
      over,
    });
  };
  if (booking.delayMs === 0) go();
  else leg.ringTimer = core.clock.after(booking.delayMs, go);
}

async function dialEndpoint(core: Core, leg: Leg, request: OriginateRequest, user: string): Promise<void> {
  const contacts = core.sip.contactsOf(user);
  if (contacts.length === 0) return core.apply(leg, { type: "refused", cause: "unreachable", more: false });
  let open = contacts.length;
  let worst: { cause: Cause; detail?: EndDetail } | undefined;
  const refused = (cause: Cause, detail?: EndDetail) => {
    open -= 1;
    worst = !worst || moreTelling(worst.cause, cause) === cause ? { cause, detail } : worst;
    if (open === 0 && !isEnded(leg)) core.apply(leg, { type: "refused", more: false, ...worst });
  };
  await Promise.all(
    contacts.map((contact, index) =>
      attempt(core, leg, {
        mediaId: mediaIdOf(leg.legId, index),
        kind: isBrowser(contact) ? "webrtc" : "rtp",
        srtp: srtpForPhone(contact),
        invite: contactInvite(contact, user, request),
        ringTimeoutMs: request.ringTimeoutMs,
        refused,
        over: () => undefined,
      }),
    ),
  );
}

interface AttemptPlan {
  mediaId: string;
  kind: LegSpec["kind"];
  /** Of the trunk; default what phones and browsers get. */
  codecs?: LegSpec["codecs"];
  srtp: LegSpec["srtp"];
  invite: Omit<OutgoingInvite, "body">;
  trunkId?: number;
  ringTimeoutMs: number;
  refused(cause: Cause, detail?: EndDetail): void;
  /** The attempt holds nothing any more. */
  over(): void;
}

async function attempt(core: Core, leg: Leg, plan: AttemptPlan): Promise<void> {
  const { mediaId, kind, srtp, codecs = endpointCodecs(core.trunks.configs(), kind) } = plan;
  try {
    const silentAfterMs = kind === "webrtc" ? browserSilentAfterMs : undefined;
    const media = await core.media.createLeg({
      legId: mediaId,
      kind,
      codecs,
      srtp,
      affinity: leg.affinity,
      silentAfterMs,
      detect: earlyDetection(core, leg, plan.trunkId),
    });
    const offer = await media.offer();
    if (isEnded(leg) || leg.state.phase === "answered") {
      media.close();
      return plan.over();
    }
    const call = core.sip.invite({ ...plan.invite, body: sdpBody(offer) });
    core.ladder.bind(call.callId, leg.legId);
    const made: Attempt = { mediaId, media, call, trunkId: plan.trunkId, rang: false };
    leg.attempts.add(made);
    leg.media ??= media;
    if (leg.media === media) core.rooms.refresh(leg);
    leg.ringTimer?.cancel();
    leg.ringTimer = core.clock.after(plan.ringTimeoutMs, () => core.apply(leg, { type: "ring-timeout" }));
    watchAttempt(core, leg, made, plan);
  } catch (error) {
    core.log.error({ legId: leg.legId, err: error }, "could not place the call");
    plan.over();
    const isMediaDead = error instanceof AppError && error.code === "media-process-died";
    plan.refused(isMediaDead ? "media-process-died" : "error");
  }
}

/** A network's own tones and announcements; phones of ours have none. */
function earlyDetection(core: Core, leg: Leg, trunkId: number | undefined): LegSpec["detect"] {
  const trunk = trunkId === undefined ? undefined : core.trunks.get(trunkId);
  if (!trunk) return undefined;
  return { country: trunk.country, what: leg.request?.detect?.early ?? ["progress", "announcements"] };
}

function watchAttempt(core: Core, leg: Leg, made: Attempt, plan: AttemptPlan): void {
  const { call, media } = made;
  const isCurrent = () => leg.media === media;
  const heard = (answered: boolean) => {
    if (made.trunkId !== undefined) core.trunks.heard(made.trunkId, answered);
  };
  call.onProgress((response) => {
    heard(true);
    if (!leg.attempts.has(made) || response.status === 100) return;
    const ringing = response.status === 180;
    made.rang ||= ringing;
    const earlyMedia = response.body !== undefined && (leg.attempts.size === 1 || isCurrent());
    if (response.body && earlyMedia) acceptAnswer(core, leg, made, response.body.content);
    core.apply(leg, { type: "progress", sipStatus: response.status, ringing, earlyMedia });
  });
  call.onAccepted((response) => {
    heard(true);
    // The leg ended, or another phone was quicker, while this 200 was on its way.
    if (isEnded(leg) || !leg.attempts.has(made)) return call.hangup();
    win(core, leg, made);
    if (response.body) acceptAnswer(core, leg, made, response.body.content);
    core.apply(leg, { type: "answered" });
  });
  call.onFailed((response) => {
    heard(!response.stack);
    core.ladder.release(call.callId);
    const wasLive = leg.attempts.delete(made);
    media.close();
    if (isCurrent()) {
      leg.media = undefined;
      core.rooms.refresh(leg);
    }
    if (wasLive) plan.refused(...refusalOf(made, response));
    plan.over();
  });
  call.on("ended", () => plan.over());
  watchDialog(core, leg, call, isCurrent);
}

function refusalOf(made: Attempt, response: SipResponseInfo & { stack?: boolean }): [Cause, EndDetail] {
  const { status, reasonHeader, stack } = response;
  const cause = causeOfRefusal({ status, reasonHeader, stack, rang: made.rang });
  // A phone that does not answer is unreachable; only a trunk can be at fault as a trunk.
  const told = made.trunkId === undefined && cause === "trunk-failed" ? "unreachable" : cause;
  return [told, detailOf(reasonHeader, stack ? undefined : status)];
}

/** The first phone to answer is the leg; the others are told that it was answered elsewhere (RFC 3326 §3.1). */
function win(core: Core, leg: Leg, made: Attempt): void {
  for (const other of leg.attempts) {
    if (other === made) continue;
    leg.attempts.delete(other);
    core.ladder.release(other.call.callId);
    other.call.cancel('SIP;cause=200;text="Call completed elsewhere"');
    other.media.close();
  }
  if (leg.media === made.media) return;
  leg.media = made.media;
  core.rooms.refresh(leg);
}

function acceptAnswer(core: Core, leg: Leg, made: Attempt, sdp: string): void {
  // Not awaited: commands to a media leg run in order, so what follows sees the answer applied.
  made.media.acceptAnswer(sdp).catch((error: unknown) => {
    core.log.warn({ legId: leg.legId, err: error }, "the party's SDP cannot be used");
    if (leg.media === made.media) core.apply(leg, { type: "lost", cause: causeOfSdpRefusal(error) });
  });
}
