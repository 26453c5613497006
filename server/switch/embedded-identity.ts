import { parseNameAddr, displayNameOf } from "../sip/name-addr.ts";
import { headerValues } from "../sip/message.ts";
import type { HeaderList, IncomingCall } from "../sip/types.ts";
import { escapeUser, parseUri, userOf } from "../sip/uri.ts";
import { domainOf } from "./embedded-trunk.ts";
import { formatNumber, readNumber } from "./numbers.ts";
import type { OriginateRequest, TrunkConfig } from "./switch.ts";

/** RFC 3323 §4.1.1.3: what stands in From when the caller is withheld. */
const withheld = { uri: "sip:anonymous@anonymous.invalid", name: "Anonymous" };

const identityNames = {
  "p-asserted-identity": "P-Asserted-Identity",
  "p-preferred-identity": "P-Preferred-Identity",
  "remote-party-id": "Remote-Party-ID",
} as const;

interface OutgoingIdentity {
  from: string;
  fromName: string | undefined;
  headers: HeaderList;
}

/**
 * How we show ourselves to this carrier: From, the header in which it wants to know who we are (RFC 3325), Privacy
 * when the number is withheld (RFC 3323), and for whom the call was before it came to us (RFC 5806, RFC 7044).
 */
export function outgoingIdentity(
  trunk: TrunkConfig,
  request: OriginateRequest,
  calledUri: string,
): OutgoingIdentity {
  const domain = domainOf(trunk);
  const uriOf = (number: string) => `sip:${escapeUser(formatNumber(trunk, number))}@${domain}`;
  const shown = request.callerId === undefined ? trunk.username : formatNumber(trunk, request.callerId);
  const identity = `sip:${escapeUser(shown ?? "anonymous")}@${domain}`;
  const isWithheld = request.withholdNumber ?? trunk.withholdNumber;
  const headers: [string, string][] = [];
  if (request.callerId !== undefined && trunk.identityHeader !== "none") {
    const isOldWay = trunk.identityHeader === "remote-party-id";
    const party = isOldWay ? `;party=calling;screen=yes;privacy=${isWithheld ? "full" : "off"}` : "";
    headers.push([identityNames[trunk.identityHeader], `<${identity}>${party}`]);
  }
  if (isWithheld) headers.push(["Privacy", "id"]);
  const { diversion } = request;
  if (diversion && trunk.diversionHeader === "diversion")
    headers.push(["Diversion", `<${uriOf(diversion.number)}>;reason=${diversion.reason};counter=1`]);
  if (diversion && trunk.diversionHeader === "history-info") {
    const reason = encodeURIComponent("SIP;cause=302");
    const first = `<${uriOf(diversion.number)}?Reason=${reason}>;index=1`;
    headers.push(["History-Info", `${first}, <${calledUri}>;index=1.1;mp=1`]);
  }
  return isWithheld
    ? { from: withheld.uri, fromName: withheld.name, headers }
    : { from: identity, fromName: request.callerName, headers };
}

export interface IncomingIdentity {
  from: string;
  fromName?: string;
  anonymous: boolean;
  divertedFrom?: string;
  diversionReason?: string;
}

const values = (call: Pick<IncomingCall, "headers">, name: string) =>
  headerValues(call, name).flatMap((value) => parseNameAddr(value) ?? []);

/** Of several the `sip:` one: PAI may carry a `tel:` beside it (RFC 3325 §9.1). */
function asserted(call: Pick<IncomingCall, "headers">) {
  const found = [...values(call, "P-Asserted-Identity"), ...values(call, "Remote-Party-ID")];
  return found.find(({ uri }) => uri.startsWith("sip")) ?? found[0];
}

const numberOf = (uri: string) => userOf(parseUri(uri)).split(";", 1)[0]!;

/** The number that was called first, and why the call went on: last of Diversion (RFC 5806 §4), first of History-Info. */
function diversionOf(call: Pick<IncomingCall, "headers">): { uri: string; reason?: string } | undefined {
  const first = values(call, "Diversion").at(-1);
  if (first) return { uri: first.uri, reason: first.params.get("reason") };
  const history = values(call, "History-Info");
  if (history.length < 2) return undefined;
  const cause = /cause%3D(\d+)/i.exec(history[0]!.uri)?.[1];
  return { uri: history[0]!.uri.split("?", 1)[0]!, ...(cause === undefined ? {} : { reason: cause }) };
}

/**
 * Who calls. A carrier that we trust asserts it beside From, which anybody may write; who withholds the number
 * (RFC 3323, or an anonymous From) stays unknown even when the carrier tells us.
 */
export function incomingIdentity(call: IncomingCall, trunk: TrunkConfig | undefined): IncomingIdentity {
  const read = (user: string) => (trunk ? readNumber(trunk, user) : user);
  const isTrusted = trunk?.trustIdentity === true;
  const known = isTrusted ? asserted(call) : undefined;
  const privacy = headerValues({ headers: call.headers }, "Privacy").join(";").toLowerCase();
  const hidden =
    /\b(?:id|user|header|full)\b/.test(privacy) || /^(?:full|uri)$/.test(known?.params.get("privacy") ?? "");
  const isNameless = /^(?:anonymous|unavailable|restricted|)$/i.test(call.from.user);
  const diverted = isTrusted ? diversionOf(call) : undefined;
  const diversion = diverted && {
    divertedFrom: read(numberOf(diverted.uri)),
    diversionReason: diverted.reason,
  };
  if (hidden || (isNameless && !known)) return { from: "anonymous", anonymous: true, ...diversion };
  return {
    from: read(known ? numberOf(known.uri) : call.from.user),
    fromName: (known && displayNameOf(known)) ?? call.from.name,
    anonymous: false,
    ...diversion,
  };
}
