import { isIP } from "node:net";
import type { Random } from "../kernel/random.ts";
import { defaultPort } from "./transport.ts";
import type { SipDestination, SipTarget, SipTransport } from "./types.ts";

/** The questions that location asks; `dns.promises.Resolver` answers them. */
export interface DnsResolver {
  resolveNaptr(name: string): Promise<NaptrAnswer[]>;
  resolveSrv(name: string): Promise<SrvAnswer[]>;
  resolve4(name: string, options: { ttl: true }): Promise<AddressAnswer[]>;
  resolve6(name: string, options: { ttl: true }): Promise<AddressAnswer[]>;
}
export interface NaptrAnswer {
  flags: string;
  service: string;
  replacement: string;
  order: number;
  preference: number;
}
export interface SrvAnswer {
  priority: number;
  weight: number;
  port: number;
  name: string;
}
export interface AddressAnswer {
  address: string;
  /** Seconds. */
  ttl: number;
}

/** What location works with. The resolver gives an empty list for what does not exist. */
export interface LocateParts {
  resolver: DnsResolver;
  random: Random;
  /** The system's own look-up (hosts file and such), for names that DNS does not know; rejects when it has none. */
  lookup: (name: string) => Promise<string[]>;
}

/** Services of RFC 3263 §4.1 that we speak. */
const naptrTransports: Record<string, SipTransport> = {
  "SIP+D2U": "udp",
  "SIP+D2T": "tcp",
  "SIPS+D2T": "tls",
};
const srvPrefix: Partial<Record<SipTransport, string>> = {
  udp: "_sip._udp.",
  tcp: "_sip._tcp.",
  tls: "_sips._tcp.",
};

/** RFC 2782: priorities in order; within one, drawn at random in proportion to weight. */
export function orderSrv(records: readonly SrvAnswer[], random: Random): SrvAnswer[] {
  const left = records
    .filter(({ name }) => name !== "" && name !== ".")
    .toSorted((a, b) => a.priority - b.priority || a.weight - b.weight);
  const ordered: SrvAnswer[] = [];
  while (left.length > 0) {
    const same = left.filter(({ priority }) => priority === left[0]!.priority);
    let draw = random.next() * same.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = same.find(({ weight }) => (draw -= weight) < 0) ?? same[0]!;
    ordered.push(chosen);
    left.splice(left.indexOf(chosen), 1);
  }
  return ordered;
}

/** Addresses of a host, IPv4 first; rejects when it has none. */
async function addressesOf({ resolver, lookup }: LocateParts, name: string): Promise<string[]> {
  if (isIP(name)) return [name];
  const answers = await Promise.allSettled([
    resolver.resolve4(name, { ttl: true }),
    resolver.resolve6(name, { ttl: true }),
  ]);
  const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  return found.length > 0 ? found.map(({ address }) => address) : await lookup(name);
}

/** The targets of one SRV name, best first; empty when it has no records or none of its hosts an address. */
async function targetsOfSrv(parts: LocateParts, name: string, transport: SipTransport): Promise<SipTarget[]> {
  const records = orderSrv(await parts.resolver.resolveSrv(name), parts.random);
  const hosts = await Promise.allSettled(records.map((record) => addressesOf(parts, record.name)));
  return hosts.flatMap((host, index) =>
    host.status === "rejected"
      ? []
      : host.value.map((address) => ({ transport, host: address, port: records[index]!.port })),
  );
}

/** RFC 3263 §4.1: the domain says which transports it prefers. Empty when it has no NAPTR that we can use. */
async function targetsOfNaptr(parts: LocateParts, domain: string): Promise<SipTarget[]> {
  const records = (await parts.resolver.resolveNaptr(domain))
    .filter(({ flags }) => flags.toLowerCase() === "s")
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference);
  const found = records.map(async ({ service, replacement }) => {
    const transport = naptrTransports[service.toUpperCase()];
    return transport ? await targetsOfSrv(parts, replacement, transport) : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Every place where a request to this destination may go, best first (RFC 3263 §4). An address or a port asks DNS for
 * no SRV; a transport (TLS for a `sips:` URI) asks for no NAPTR. TLS targets carry the domain asked for: that, not the
 * host SRV led to, must be in the certificate (RFC 5922 §4). Rejects when nothing is found.
 */
export async function locate(parts: LocateParts, destination: SipDestination): Promise<SipTarget[]> {
  const { host, port, transport } = destination;
  const domain = destination.domain ?? host;
  const located = (targets: SipTarget[]) =>
    targets.map((target) => ({
      ...destination,
      ...target,
      ...(target.transport === "tls" ? { domain } : {}),
    }));
  if (!isIP(host) && port === undefined) {
    const found = transport ? [] : await targetsOfNaptr(parts, host);
    if (found.length > 0) return located(found);
    const transports = transport ? [transport] : (["udp", "tcp"] as const);
    for (const each of transports) {
      const prefix = srvPrefix[each];
      if (prefix !== undefined) found.push(...(await targetsOfSrv(parts, prefix + host, each)));
    }
    if (found.length > 0) return located(found);
  }
  const chosen = transport ?? "udp";
  const addresses = await addressesOf(parts, host);
  return located(
    addresses.map((address) => ({ transport: chosen, host: address, port: port ?? defaultPort(chosen) })),
  );
}
