import { createHash } from "node:crypto";
import type { SipCore } from "./core.ts";
import { parseDecimal } from "./grammar.ts";
import { header, headerValues, type SipResponse } from "./message.ts";
import { parseNameAddr } from "./name-addr.ts";
import type { ReceivedResponse } from "./received.ts";
import { hostPort } from "./transport.ts";
import type { SipTarget } from "./types.ts";

/** Seconds the registrar granted: on our Contact, else in Expires, else what we asked (RFC 3261 §10.2.4). */
export function grantedSeconds(response: SipResponse, contactUri: string, asked: number): number {
  const ours = headerValues(response, "Contact")
    .map((value) => parseNameAddr(value))
    .find((contact) => contact?.uri === contactUri);
  return (
    parseDecimal(ours?.params.get("expires"), 2 ** 31) ??
    parseDecimal(header(response, "Expires"), 2 ** 31) ??
    asked
  );
}

/** The same on every start, so that the registrar knows a new connection as ours (RFC 5626 §4.1). */
export function instanceOf(aor: string): string {
  const hex = createHash("sha256").update(aor).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `urn:uuid:${parts.join("-")}-${hex.slice(20, 32)}`;
}

/**
 * Learns from a response where NAT makes our datagrams come from (RFC 3581), so that Contact says it from now on.
 * True when that differs from what we said. Not over connections, which are answered on; not when the operator has
 * told our address.
 */
export function learnOwnAddress(core: SipCore, target: SipTarget, response: ReceivedResponse): boolean {
  if (target.transport !== "udp") return false;
  const { host, port = 5060, params } = response.via;
  const seenHost = params.get("received") ?? host;
  const seenPort = parseDecimal(params.get("rport"), 65_535) ?? port;
  return core.learnAddress(target, hostPort({ host: seenHost, port: seenPort }));
}
