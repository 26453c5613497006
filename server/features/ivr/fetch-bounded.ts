/**
 * One HTTP request of a flow, to a service of somebody else's: bounded in time and size, never redirected, and never to
 * an address inside the company unless its host is allowed. The address that was judged is the one that is spoken to.
 */
import { lookup as resolve } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

const mostBytes = 1_048_576;

/** Not of the public internet: the registries of RFC 6890, for IPv4 and IPv6. */
const inside = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(address, bits, "ipv4");
for (const [address, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(address, bits, "ipv6");

/** Only of the company, or of nobody. An IPv4 address within IPv6 is judged as what it stands for. */
export const isInside = (address: string): boolean =>
  inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

export type Fetched =
  | { status: number; body: string }
  /** `refused`: the address is inside, or none can be asked; `big`: more than 1 MB. */
  | { failed: "timeout" | "network" | "refused" | "big" };

export interface FetchRequest {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
  /** Hosts inside that may be asked all the same, as `host` or `host:port`. */
  allowed: readonly string[];
}

class Inside extends Error {}

const judged: LookupFunction = (host, options, done) =>
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 4);
    const bad = addresses.find(({ address }) => isInside(address));
    if (bad) return done(new Inside(`${host} is at ${bad.address}.`), "", 4);
    return options.all ? done(null, addresses) : done(null, addresses[0]!.address, addresses[0]!.family);
  });

/** Never rejects: no answer is an answer as well. */
export function fetchBounded(request: FetchRequest): Promise<Fetched> {
  const { method, url, headers, body, timeoutMs, allowed } = request;
  const target = URL.parse(url);
  if (!target || (target.protocol !== "http:" && target.protocol !== "https:"))
    return Promise.resolve({ failed: "refused" });
  const host = target.hostname.replaceAll(/^\[|\]$/g, "");
  const isAllowed = allowed.includes(host) || allowed.includes(target.host);
  if (!isAllowed && isIP(host) !== 0 && isInside(host)) return Promise.resolve({ failed: "refused" });
  const send = target.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answer) => {
    const asked = send(target, {
      method,
      headers: { "user-agent": "Waihu-IVR", accept: "application/json", ...headers },
      agent: false,
      ...(!isAllowed && { lookup: judged }),
    });
    const over = (fetched: Fetched) => {
      clearTimeout(timer);
      answer(fetched);
      asked.destroy();
    };
    const timer = setTimeout(() => over({ failed: "timeout" }), timeoutMs);
    asked.on("error", (error) => over({ failed: error instanceof Inside ? "refused" : "network" }));
    asked.on("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > mostBytes) return over({ failed: "big" });
        parts.push(part);
      });
      response.on("error", () => over({ failed: "network" }));
      response.on("end", () =>
        over({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") }),
      );
    });
    asked.end(method === "GET" ? undefined : body);
  });
}
