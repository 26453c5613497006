import { endpointCodecs } from "./codec-policy.ts";
import { newId } from "../kernel/ids.ts";
import type { IncomingCall } from "../sip/types.ts";
import { causeOfSdpRefusal } from "./causes.ts";
import { type Core, isEnded, type Leg } from "./embedded-core.ts";
import { detailOf, sdpBody, watchDialog } from "./embedded-signalling.ts";
import { legOfDialog, takePlace } from "./embedded-transfer.ts";
import { incomingIdentity } from "./embedded-identity.ts";
import { newLeg } from "./leg-machine.ts";
import { readNumber } from "./numbers.ts";

/** A call from a trunk or one of our phones becomes a leg that rings nowhere until the business says so. */
export function receive(core: Core, call: IncomingCall): void {
  const trunkId = "trunk" in call.origin ? Number(call.origin.trunk) : undefined;
  const trunk = trunkId === undefined ? undefined : core.trunks.get(trunkId);
  const leg: Leg = {
    legId: newId(core.clock.now()),
    state: newLeg("in"),
    affinity: "",
    incoming: call,
    replaces: legOfDialog(core, call.replaces)?.legId,
    trunkId,
    releaseChannel: trunkId === undefined ? undefined : core.trunks.bookIncoming(trunkId),
    user: "user" in call.origin ? call.origin.user : undefined,
    attempts: new Set(),
    recordings: new Map(),
    heard: {},
    held: false,
    heldByParty: false,
  };
  core.legs.set(leg.legId, leg);
  core.ladder.bind(call.callId, leg.legId);
  call.onCancelled((reasonHeader) => {
    core.apply(leg, { type: "party-left", detail: detailOf(reasonHeader, 487) });
  });
  watchDialog(core, leg, call, () => true);
  // A provider that we registered with puts our account into the Request-URI and the number into To.
  const wanted = calledUser(call, trunk?.username);
  core.emit({
    type: "leg-incoming",
    legId: leg.legId,
    ...incomingIdentity(call, trunk),
    to: trunk ? readNumber(trunk, wanted) : wanted,
    trunkId,
    user: leg.user,
    replaces: leg.replaces,
  });
}

function calledUser(call: IncomingCall, account: string | undefined): string {
  const user = /^sips?:([^@;]*)@/i.exec(call.uri)?.[1] ?? "";
  return user === "" || user === account ? call.to.user : decodeURIComponent(user);
}

export function ring(core: Core, leg: Leg): void {
  if (leg.state.phase !== "offered" || !leg.incoming) return;
  leg.incoming.progress(180);
  core.apply(leg, { type: "progress", sipStatus: 180, ringing: true, earlyMedia: false });
}

/** Opens media towards the caller and sends 183 or 200 with our SDP. */
export async function accept(core: Core, leg: Leg, affinity: string, final: boolean): Promise<void> {
  const { incoming } = leg;
  if (!incoming || leg.state.phase === "answered" || isEnded(leg)) return;
  try {
    const sdp = await answerSdp(core, leg, incoming, affinity);
    if (sdp === undefined || isEnded(leg)) return;
    if (final) incoming.accept(sdpBody(sdp));
    else incoming.progress(183, sdpBody(sdp));
  } catch (error) {
    core.log.warn({ legId: leg.legId, err: error }, "the caller's SDP cannot be used");
    return core.apply(leg, { type: "lost", cause: causeOfSdpRefusal(error) });
  }
  if (final) takePlace(core, leg);
  core.apply(
    leg,
    final ? { type: "answered" } : { type: "progress", sipStatus: 183, ringing: false, earlyMedia: true },
  );
}

const answers = new WeakMap<Leg, Promise<string | undefined>>();

/** One media leg and one answer per call, however often it is asked for (183 and 200 must agree, RFC 3261 §13.2.1). */
function answerSdp(
  core: Core,
  leg: Leg,
  incoming: IncomingCall,
  affinity: string,
): Promise<string | undefined> {
  const known = answers.get(leg);
  if (known) return known;
  const made = open(core, leg, incoming, affinity);
  answers.set(leg, made);
  return made;
}

async function open(
  core: Core,
  leg: Leg,
  incoming: IncomingCall,
  affinity: string,
): Promise<string | undefined> {
  leg.affinity = affinity;
  const { transport } = incoming.remote;
  const kind = transport === "ws" || transport === "wss" ? "webrtc" : "rtp";
  const trunk = leg.trunkId === undefined ? undefined : core.trunks.get(leg.trunkId);
  // A phone that offers keys gets an answer to them, whatever carries its signalling.
  const srtp = trunk?.srtp ?? "preferred";
  // Without a body we offer; keys in that only where they stay secret.
  const isOpen = !incoming.body && !trunk && transport !== "tls";
  const media = await core.media.createLeg({
    legId: leg.legId,
    kind,
    codecs: trunk?.codecs ?? endpointCodecs(core.trunks.configs(), kind),
    srtp: isOpen ? "off" : srtp,
    affinity,
  });
  if (isEnded(leg)) {
    media.close();
    return undefined;
  }
  leg.media = media;
  const sdp = incoming.body ? await media.answer(incoming.body.content) : await media.offer();
  core.rooms.refresh(leg);
  return sdp;
}
