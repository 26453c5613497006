import type { Contact, OutgoingInvite } from "../sip/types.ts";
import { escapeUser } from "../sip/uri.ts";
import { destinationOf, domainOf } from "./embedded-trunk.ts";
import { formatCalled, formatNumber } from "./numbers.ts";
import type { OriginateRequest, TrunkConfig } from "./switch.ts";

type Invite = Omit<OutgoingInvite, "body">;

/** A WebSocket carries a browser, and a browser speaks WebRTC. */
export const isBrowser = (contact: Contact) =>
  contact.target.transport === "ws" || contact.target.transport === "wss";

/** Keys in SDP are a secret only where the signalling is: they are offered to phones that registered over TLS. */
export const srtpForPhone = (contact: Contact) => (contact.target.transport === "tls" ? "preferred" : "off");

/** The INVITE to a carrier: numbers written its way, our caller ID in From and P-Asserted-Identity (RFC 3325 §9.1). */
export function trunkInvite(
  trunk: TrunkConfig,
  number: string,
  request: OriginateRequest,
  noResponseTimeoutMs: number,
  routes: readonly string[] = [],
): Invite {
  const domain = domainOf(trunk);
  const called = escapeUser(formatCalled(trunk, number));
  const shown = request.callerId === undefined ? trunk.username : formatNumber(trunk, request.callerId);
  const identity = `sip:${escapeUser(shown ?? "anonymous")}@${domain}`;
  const port =
    trunk.domain === undefined && trunk.port !== undefined && trunk.port !== 5060 ? `:${trunk.port}` : "";
  return {
    uri: `sip:${called}@${domain}${port}`,
    from: identity,
    fromName: request.callerName,
    to: `sip:${called}@${domain}`,
    target: destinationOf(trunk),
    routes,
    headers: [
      ...(request.callerId === undefined ? [] : [["P-Asserted-Identity", `<${identity}>`] as const]),
      ...(request.headers ?? []),
    ],
    credentials:
      trunk.auth === "ip" || trunk.username === undefined
        ? undefined
        : { user: trunk.username, password: trunk.password ?? "" },
    noResponseTimeoutMs,
  };
}

/** Asks a phone to pick up by itself: both headers, since desk phones know one or the other. */
const autoAnswer = [
  ["Call-Info", "<sip:waihu.invalid>;answer-after=0"],
  ["Alert-Info", "<http://waihu.invalid>;info=alert-autoanswer;delay=0"],
] as const;

export function contactInvite(contact: Contact, user: string, request: OriginateRequest): Invite {
  const host = "waihu.invalid";
  return {
    uri: contact.uri,
    from: `sip:${escapeUser(request.callerId ?? "anonymous")}@${host}`,
    fromName: request.callerName,
    to: `sip:${escapeUser(user)}@${host}`,
    target: contact.target,
    routes: contact.path,
    headers: [...(request.autoAnswer ? autoAnswer : []), ...(request.headers ?? [])],
  };
}
