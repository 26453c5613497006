import { isIP } from "node:net";
import { defaultPort } from "./transport.ts";
import type { SipDestination, SipTarget } from "./types.ts";
import { parseUri, type SipUri } from "./uri.ts";

const bareHost = (host: string) => (host[0] === "[" ? host.slice(1, -1) : host);

/** What a URI says of where it leads (RFC 3263 §4); transport and port are absent where it leaves them to DNS. */
export function destinationOfUri(uri: SipUri): SipDestination {
  const asked = uri.params.get("transport")?.toLowerCase();
  const known = asked === "udp" || asked === "tcp" || asked === "tls" || asked === "ws" || asked === "wss";
  const host = bareHost(uri.params.get("maddr") ?? uri.host);
  const destination: SipDestination = { host };
  // RFC 3261 §26.2.2: sips over TCP means TLS, and UDP cannot carry it.
  const transport = uri.scheme === "sips" ? (asked === "wss" || asked === "ws" ? "wss" : "tls") : asked;
  if (uri.scheme === "sips" || known) destination.transport = transport as SipTarget["transport"];
  if (uri.port !== undefined) destination.port = uri.port;
  return destination;
}

/** The target when its host is an address already: no look-up needed. */
export function literalTarget(uriText: string): SipTarget | undefined {
  const uri = parseUri(uriText);
  if (!uri || uri.host === "") return undefined;
  const { host, transport = "udp", port } = destinationOfUri(uri);
  return isIP(host) ? { host, transport, port: port ?? defaultPort(transport) } : undefined;
}
