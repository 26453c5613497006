import type { Contact, OutgoingInvite, SipTarget } from "../sip/types.ts";
import { escapeUser, parseUri } from "../sip/uri.ts";
import { destinationOf, domainOf } from "./embedded-trunk.ts";
import { outgoingIdentity } from "./embedded-identity.ts";
import { formatCalled } from "./numbers.ts";
import type { OriginateRequest, TrunkConfig } from "./switch.ts";

type Invite = Omit<OutgoingInvite, "body">;

/** A WebSocket carries a browser, and a browser speaks WebRTC. */
export const isBrowser = (contact: Contact) =>
  contact.target.transport === "ws" || contact.target.transport === "wss";

/** Keys in SDP are a secret only where the signalling is: they are offered to phones that registered over TLS. */
export const srtpForPhone = (contact: Contact) => (contact.target.transport === "tls" ? "preferred" : "off");

/**
 * Where a 3xx of this trunk may lead: another of its own addresses, for the same number. A different number is a
 * different person, whom nobody has asked about.
 */
function withinTrunk(trunk: TrunkConfig, called: string, contactUri: string): SipTarget | undefined {
  const uri = parseUri(contactUri);
  if (!uri || uri.scheme !== "sip" || uri.user?.split(";", 1)[0] !== called) return undefined;
  const own = [trunk.host, domainOf(trunk), ...trunk.inboundHosts];
  const port = uri.port ?? 5060;
  if (!own.includes(uri.host) && !own.includes(`${uri.host}:${port}`)) return undefined;
  const transport = trunk.transport === "auto" ? "udp" : trunk.transport;
  return { transport, host: uri.host, port };
}

/** The INVITE to a carrier: numbers written its way, our caller ID where it reads it. */
export function trunkInvite(
  trunk: TrunkConfig,
  number: string,
  request: OriginateRequest,
  noResponseTimeoutMs: number,
  routes: readonly string[] = [],
): Invite {
  const domain = domainOf(trunk);
  const called = escapeUser(formatCalled(trunk, number));
  const port =
    trunk.domain === undefined && trunk.port !== undefined && trunk.port !== 5060 ? `:${trunk.port}` : "";
  const to = `sip:${called}@${domain}`;
  const { from, fromName, headers } = outgoingIdentity(trunk, request, to);
  return {
    uri: `sip:${called}@${domain}${port}`,
    from,
    fromName,
    to,
    target: destinationOf(trunk),
    routes,
    headers: [...headers, ...(request.headers ?? [])],
    redirect: (uri) => withinTrunk(trunk, called, uri),
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
