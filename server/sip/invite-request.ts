import { allowedMethods, type SipCore } from "./core.ts";
import { bodyParts, header, noBody, type SipRequest, wireHeaders } from "./message.ts";
import { nameAddr } from "./name-addr.ts";
import { askedSessionSeconds, minSessionSeconds } from "./session-timer.ts";
import type { OutgoingInvite, SipTarget } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

/** The INVITE of a new call (RFC 3261 §8.1.1, §13.2.1). Headers from above replace ours of the same name. */
export function inviteRequest(
  core: SipCore,
  invite: OutgoingInvite,
  target: SipTarget,
  identity: { callId: string; tag: string },
): SipRequest {
  const { headers: bodyHeaders, body } = bodyParts(invite.body);
  const given = wireHeaders(invite.headers);
  const user = userOf(parseUri(invite.from));
  // A late offer could come in a reliable 1xx, whose PRACK would need the answer: then we do not offer 100rel.
  const supported = invite.body ? "100rel, timer, replaces, norefersub" : "timer, replaces, norefersub";
  // A browser's session ends with its connection; its WebSocket is watched.
  const isBrowser = target.transport === "ws" || target.transport === "wss";
  const ours: [string, string][] = [
    ["Max-Forwards", "70"],
    ...(invite.routes ?? []).map((route): [string, string] => ["Route", route]),
    ["From", nameAddr(invite.from, invite.fromName, identity.tag)],
    ["To", nameAddr(invite.to ?? invite.uri)],
    ["Call-ID", identity.callId],
    ["CSeq", "1 INVITE"],
    ["Contact", `<${core.contactUri(target, user, invite.uri.startsWith("sips:"))}>`],
    ["Allow", allowedMethods],
    ["Supported", supported],
    ...(isBrowser
      ? []
      : ([
          ["Session-Expires", String(askedSessionSeconds)],
          ["Min-SE", String(minSessionSeconds)],
        ] as [string, string][])),
    ["User-Agent", core.userAgent],
  ];
  const headers = ours.filter(([name]) => !given.some(([other]) => other === name));
  headers.push(...(given as [string, string][]), ...(bodyHeaders as [string, string][]));
  return { kind: "request", method: "INVITE", uri: invite.uri, headers, body };
}

/** CANCEL of a pending INVITE: same Via, same identity (RFC 3261 §9.1). */
export function cancelRequest(
  invite: SipRequest,
  reasonHeader?: string,
): { request: SipRequest; via: string } {
  const kept = new Set(["Max-Forwards", "Route", "From", "To", "Call-ID"]);
  const headers = invite.headers.filter(([name]) => kept.has(name));
  headers.push(["CSeq", `${header(invite, "CSeq")!.split(" ")[0]} CANCEL`]);
  if (reasonHeader !== undefined) headers.push(["Reason", reasonHeader]);
  const request: SipRequest = { kind: "request", method: "CANCEL", uri: invite.uri, headers, body: noBody };
  return { request, via: header(invite, "Via")! };
}
