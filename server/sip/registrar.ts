import type { Clock } from "../kernel/clock.ts";
import { parseDecimal, splitList } from "./grammar.ts";
import { hasToken, header, headerLines, headerValues, type SipRequest } from "./message.ts";
import { type NameAddr, parseNameAddr } from "./name-addr.ts";
import type { ReceivedRequest } from "./received.ts";
import type { Binding, Bindings } from "./registrar-bindings.ts";
import { literalTarget } from "./resolve.ts";
import { lasting } from "./transport.ts";
import type { HeaderList, SipTarget } from "./types.ts";
import { formatUri, parseUri, userOf } from "./uri.ts";

/** Seconds. Shorter is refused with 423, longer is shortened. */
export const registrationLimits = { min: 60, max: 3_600, default: 3_600 };

type Answer = { status: number; headers: HeaderList };

interface ContactRequest {
  contact: NameAddr;
  seconds: number;
}

const isOutbound = (contact: NameAddr) => contact.params.has("reg-id") && contact.params.has("+sip.instance");

/** Key of a contact: the instance when the phone names one, else its address without parameters. */
function keyOf(contact: NameAddr): string {
  const instance = contact.params.get("+sip.instance");
  if (instance !== undefined) return `${instance}|${contact.params.get("reg-id") ?? ""}`;
  const uri = parseUri(contact.uri)!;
  return formatUri({ scheme: uri.scheme, user: uri.user, host: uri.host, port: uri.port, params: new Map() });
}

/**
 * Where to reach the phone: the first proxy of its Path; its Contact when that is where it stands; else the address NAT
 * gave it (RFC 3327, RFC 5626, RFC 3581).
 */
function targetOf(contact: NameAddr, path: readonly string[], source: SipTarget): SipTarget {
  if (path.length > 0) return literalTarget(parseNameAddr(path[0]!)?.uri ?? "") ?? lasting(source);
  const said = literalTarget(contact.uri);
  if (source.connectionId !== undefined || !said || said.host !== source.host) return source;
  return { ...source, port: said.port };
}

/** The contacts a REGISTER asks for; "all" for `*`; undefined when malformed. */
function contactsOf(request: SipRequest): ContactRequest[] | "all" | undefined {
  const byHeader = parseDecimal(header(request, "Expires"), 2 ** 32 - 1) ?? registrationLimits.default;
  const lines = headerLines(request, "Contact");
  if (lines.length === 1 && lines[0] === "*") return header(request, "Expires") === "0" ? "all" : undefined;
  const requests: ContactRequest[] = [];
  for (const line of lines) {
    for (const value of splitList(line, ",") ?? [""]) {
      const contact = parseNameAddr(value);
      if (!contact || !parseUri(contact.uri)) return undefined;
      const own = contact.params.get("expires");
      const seconds = own === undefined ? byHeader : parseDecimal(own, 2 ** 32 - 1);
      if (seconds === undefined) return undefined;
      requests.push({ contact, seconds });
    }
  }
  return requests;
}

/** Answers a REGISTER of an authenticated user (RFC 3261 §10.3). All its contacts are taken, or none. */
export function register(bindings: Bindings, clock: Clock, user: string, request: ReceivedRequest): Answer {
  const { message, callId, cseq, source } = request;
  const path = headerValues(message, "Path");
  if (userOf(parseUri(request.to.uri)) !== user) return { status: 403, headers: [] };
  const asked = contactsOf(message);
  if (!asked) return { status: 400, headers: [] };
  if (asked === "all") {
    bindings.removeAll(user);
    return { status: 200, headers: [] };
  }
  const known = new Map(bindings.of(user).map((binding) => [binding.key, binding]));
  for (const { contact, seconds } of asked) {
    if (seconds > 0 && seconds < registrationLimits.min)
      return { status: 423, headers: [["Min-Expires", String(registrationLimits.min)]] };
    const old = known.get(keyOf(contact));
    // RFC 3261 §10.3 step 7: an older REGISTER that arrives late changes nothing.
    if (old && old.callId === callId && cseq.number <= old.cseq) return { status: 500, headers: [] };
  }
  for (const { contact, seconds } of asked) {
    const key = keyOf(contact);
    if (seconds === 0) bindings.remove(user, key);
    else bindings.put(user, bindingOf(key, contact, Math.min(seconds, registrationLimits.max)));
  }
  const isFlow =
    asked.some(({ contact }) => isOutbound(contact)) && hasToken(message, "Supported", "outbound");
  return {
    status: 200,
    headers: [
      ...contactLines(bindings.of(user), clock),
      ...path.map((value) => ["Path", value] as const),
      // RFC 5626 §6: says that more than one flow to the same phone is understood.
      ...(isFlow ? ([["Require", "outbound"]] as const) : []),
    ],
  };

  function bindingOf(key: string, contact: NameAddr, seconds: number): Binding {
    return {
      key,
      uri: contact.uri,
      target: targetOf(contact, path, source),
      path,
      instance: isOutbound(contact) ? contact.params.get("+sip.instance") : undefined,
      userAgent: header(message, "User-Agent") ?? "",
      expiresAt: clock.now() + seconds * 1000,
      callId,
      cseq: cseq.number,
    };
  }
}

const contactLines = (bindings: readonly Binding[], clock: Clock): HeaderList =>
  bindings.map((binding) => [
    "Contact",
    `<${binding.uri}>;expires=${Math.ceil((binding.expiresAt - clock.now()) / 1000)}`,
  ]);
