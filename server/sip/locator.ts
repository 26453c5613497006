import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import { cachedResolver } from "./dns-cache.ts";
import { type DnsResolver, locate, type LocateParts } from "./locate.ts";
import { destinationOfUri } from "./resolve.ts";
import type { SipDestination, SipTarget } from "./types.ts";
import { parseUri } from "./uri.ts";

/** A target that failed is the last choice for this long (RFC 3263 §4.3 leaves the time to us). */
const avoidMs = 30_000;
/** The longest that a Retry-After may make us stay away. */
const longestAvoidMs = 300_000;
const maxAvoided = 1_000;

/** Finds where requests go and remembers what did not answer. */
export interface Locator {
  /** All targets, best first; those that failed lately come last. Never empty; rejects when there is none. */
  find(destination: SipDestination): Promise<SipTarget[]>;
  /** The same for a URI. */
  findUri(uri: string): Promise<SipTarget[]>;
  /** It did not take a request: others go first for a while. */
  failed(target: SipTarget, retryAfterSeconds?: number): void;
  /** It answered. */
  worked(target: SipTarget): void;
}

interface Options {
  resolver: DnsResolver;
  clock: Clock;
  random: Random;
}

const keyOf = ({ transport, host, port }: SipTarget) => `${transport}|${host}|${port}`;

export function createLocator({ resolver, clock, random }: Options): Locator {
  const avoided = new Map<string, number>();
  const parts: LocateParts = {
    resolver: cachedResolver(resolver, clock),
    random,
    lookup: async (name) => {
      const found = await lookup(name, { all: true, order: "ipv4first" });
      return found.map(({ address }) => address);
    },
  };

  function isAvoided(target: SipTarget): boolean {
    const until = avoided.get(keyOf(target));
    if (until === undefined) return false;
    if (until > clock.now()) return true;
    avoided.delete(keyOf(target));
    return false;
  }

  async function find(destination: SipDestination): Promise<SipTarget[]> {
    const { transport, port, connectionId, host } = destination;
    if (transport && port !== undefined && (connectionId !== undefined || isIP(host)))
      return [{ ...destination, transport, port }];
    const targets = await locate(parts, destination);
    if (avoided.size === 0) return targets;
    const bad = targets.filter(isAvoided);
    return [...targets.filter((target) => !bad.includes(target)), ...bad];
  }

  return {
    find,
    async findUri(text) {
      const uri = parseUri(text);
      if (!uri || uri.host === "") throw new Error(`no host in URI ${text}`);
      return find(destinationOfUri(uri));
    },
    failed(target, retryAfterSeconds = 0) {
      const ms = Math.min(Math.max(avoidMs, retryAfterSeconds * 1000), longestAvoidMs);
      avoided.set(keyOf(target), clock.now() + ms);
      if (avoided.size > maxAvoided) avoided.delete(avoided.keys().next().value!);
    },
    worked: (target) => void (avoided.size > 0 && avoided.delete(keyOf(target))),
  };
}
