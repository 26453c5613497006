import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { defaultPort } from "./transport.ts";
import type { SipTarget, SipTransport } from "./types.ts";
import { parseUri, type SipUri } from "./uri.ts";

const bareHost = (host: string) => (host[0] === "[" ? host.slice(1, -1) : host);

/** Transport and port that a URI asks for (RFC 3263 §4.1–4.2 without NAPTR and SRV); `host` may be a name. */
export function targetOfUri(uri: SipUri): SipTarget {
  const asked = (uri.params.get("transport") ?? "udp").toLowerCase();
  const known = asked === "udp" || asked === "tcp" || asked === "tls" || asked === "ws" || asked === "wss";
  const transport: SipTransport = uri.scheme === "sips" ? "tls" : known ? asked : "udp";
  return {
    transport,
    host: bareHost(uri.params.get("maddr") ?? uri.host),
    port: uri.port ?? defaultPort(transport),
  };
}

/** The target when its host is an address already: no look-up needed. */
export function literalTarget(uriText: string): SipTarget | undefined {
  const uri = parseUri(uriText);
  const target = uri && uri.host !== "" ? targetOfUri(uri) : undefined;
  return target && isIP(target.host) ? target : undefined;
}

/** Replaces a name by its first address; rejects when it has none. */
export async function resolveTarget(target: SipTarget): Promise<SipTarget> {
  if (target.connectionId !== undefined || isIP(target.host)) return target;
  const { address } = await lookup(target.host, { order: "ipv4first" });
  return { ...target, host: address };
}

/** Where a request to this URI goes. */
export async function resolveUri(uriText: string): Promise<SipTarget> {
  const uri = parseUri(uriText);
  if (!uri || uri.host === "") throw new Error(`no host in URI ${uriText}`);
  return await resolveTarget(targetOfUri(uri));
}
