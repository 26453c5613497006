import type { Clock } from "../kernel/clock.ts";
import type { DnsResolver } from "./locate.ts";

/** SRV and NAPTR answers reach us without their time to live: they are believed this long. */
const recordSeconds = 60;
/** "No such name" is believed this long; a server that did not answer is asked again at once. */
const nothingSeconds = 30;
const maxEntries = 2_000;

/** No such name or no such record; anything else (a server that is down) is told to the caller. */
const nothing = new Set(["ENOTFOUND", "ENODATA", "EBADNAME", "ENONAME"]);

const shortest = (found: { ttl: number }[]) => Math.min(...found.map(({ ttl }) => ttl));
const fixed = () => recordSeconds;

/**
 * A resolver that remembers: addresses for their own time to live. A name without records gives an empty list where
 * the resolver itself would reject. Questions asked at the same time share one answer.
 */
export function cachedResolver(resolver: DnsResolver, clock: Clock): DnsResolver {
  const entries = new Map<string, { answer: Promise<unknown[]>; until: number }>();

  function remember<T>(
    type: string,
    name: string,
    question: () => Promise<T[]>,
    ttlOf: (answer: T[]) => number,
  ) {
    const key = `${type} ${name.toLowerCase()}`;
    const known = entries.get(key);
    if (known && known.until > clock.now()) return known.answer as Promise<T[]>;
    const answer = question().catch((error: unknown) => {
      if (nothing.has((error as NodeJS.ErrnoException).code ?? "")) return [];
      throw error;
    });
    const entry = { answer, until: Infinity };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    answer.then(
      (found) => (entry.until = clock.now() + 1000 * (found.length === 0 ? nothingSeconds : ttlOf(found))),
      () => entries.get(key) === entry && entries.delete(key),
    );
    return answer;
  }

  return {
    resolveNaptr: (name) => remember("NAPTR", name, () => resolver.resolveNaptr(name), fixed),
    resolveSrv: (name) => remember("SRV", name, () => resolver.resolveSrv(name), fixed),
    resolve4: (name, options) => remember("A", name, () => resolver.resolve4(name, options), shortest),
    resolve6: (name, options) => remember("AAAA", name, () => resolver.resolve6(name, options), shortest),
  };
}
