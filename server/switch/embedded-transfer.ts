import { formatReplaces } from "../sip/replaces.ts";
import type { DialogId, HeaderList, Referral, SipCall, SipResponseInfo } from "../sip/types.ts";
import { escapeUser, formatUri, parseUri } from "../sip/uri.ts";
import { statusOfCause } from "./causes.ts";
import { type Core, isEnded, type Leg } from "./embedded-core.ts";
import { domainOf } from "./embedded-trunk.ts";
import { formatCalled, readNumber } from "./numbers.ts";
import type { Cause, TransferResult, TransferState, TransferTarget } from "./switch.ts";

/** A party that was told of its transfer's success hangs up by itself; one that does not is hung up. */
const partingMs = 1000;

/** The one call of a leg that is up. */
function callOf(leg: Leg): SipCall | undefined {
  const [attempt] = leg.attempts;
  return leg.incoming ?? attempt?.call;
}

/** The leg whose dialog this is, seen from our side (RFC 3891 §3). */
export function legOfDialog(
  core: Core,
  dialog: { callId: string; localTag: string } | undefined,
): Leg | undefined {
  if (!dialog) return undefined;
  for (const leg of core.legs.values()) {
    const calls = [leg.incoming, ...[...leg.attempts].map((attempt) => attempt.call)];
    if (calls.some((call) => call?.callId === dialog.callId)) return leg;
  }
  return undefined;
}

/** The party asked by REFER to be replaced: the business decides, and says how it goes by `transferProgress`. */
export function transferAsked(core: Core, leg: Leg, referral: Referral): void {
  if (isEnded(leg) || leg.state.phase !== "answered") return referral.refuse(481);
  leg.referral = referral;
  const trunk = leg.trunkId === undefined ? undefined : core.trunks.get(leg.trunkId);
  return core.emit({
    type: "leg-transfer-requested",
    legId: leg.legId,
    to: trunk ? readNumber(trunk, referral.user) : referral.user,
    replacesLegId: legOfDialog(core, referral.replaces)?.legId,
    headers: referral.headers,
  });
}

const statusOf = (state: TransferState, cause: Cause | undefined): number => {
  if (state === "ringing") return 180;
  if (state === "answered") return 200;
  return statusOfCause(cause ?? (state === "refused" ? "rejected" : "unreachable"));
};

export function transferProgress(core: Core, leg: Leg, state: TransferState, cause?: Cause): void {
  const { referral } = leg;
  if (!referral) return;
  if (state === "trying") return referral.accept();
  if (state === "refused") referral.refuse(statusOf(state, cause));
  referral.progress(statusOf(state, cause));
  if (state === "ringing") return;
  leg.referral = undefined;
  if (state === "answered")
    core.clock.after(partingMs, () => core.apply(leg, { type: "hangup", cause: "normal" }));
}

/** Where the party finds this number: its own carrier, or us. */
function numberUri(core: Core, leg: Leg, dialog: DialogId, number: string): string {
  const trunk = leg.trunkId === undefined ? undefined : core.trunks.get(leg.trunkId);
  if (trunk) return `sip:${escapeUser(formatCalled(trunk, number))}@${domainOf(trunk)}`;
  const us = parseUri(dialog.localTarget);
  return us ? formatUri({ ...us, user: escapeUser(number) }) : `sip:${escapeUser(number)}@waihu.invalid`;
}

function referTo(core: Core, leg: Leg, dialog: DialogId, target: TransferTarget): string | undefined {
  if ("number" in target) return numberUri(core, leg, dialog, target.number);
  const other = core.legs.get(target.legId);
  const theirs = other && callOf(other)?.dialog;
  return theirs && `${theirs.remoteTarget}?Replaces=${encodeURIComponent(formatReplaces(theirs))}`;
}

function resultOf({ status }: SipResponseInfo): TransferResult {
  if (status === 202) return { result: "accepted" };
  if (status >= 200 && status < 300) return { result: "answered" };
  return { result: "refused", sipStatus: status };
}

/** Asks the party by REFER to call somebody else in our place (RFC 3515; with Replaces, RFC 3891). */
export async function transfer(core: Core, leg: Leg, target: TransferTarget): Promise<TransferResult> {
  const call = callOf(leg);
  const dialog = call?.dialog;
  if (leg.state.phase !== "answered" || !call?.allows("REFER") || !dialog) return { result: "unsupported" };
  const uri = referTo(core, leg, dialog, target);
  if (uri === undefined) return { result: "unsupported" };
  const headers: HeaderList = [["Referred-By", `<${dialog.localTarget}>`]];
  return resultOf(await call.refer(uri, { headers }));
}

/** A leg that was let in for another takes its place in the room; the other ends (RFC 3891 §3). */
export function takePlace(core: Core, leg: Leg): void {
  const other = leg.replaces === undefined ? undefined : core.legs.get(leg.replaces);
  if (!other) return;
  core.rooms.swap(other, leg);
  core.apply(other, { type: "lost", cause: "normal" });
}
