import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import { algorithmOf, type DigestAlgorithm, digestResponse, param, parseDigest } from "./digest.ts";
import { fromWireText, type Params, quote } from "./grammar.ts";
import { headerLines, type SipRequest } from "./message.ts";
import type { HeaderList, StoredCredentials } from "./types.ts";
import { parseUri } from "./uri.ts";

/** A nonce serves this long; then the client is told that it is stale and takes a new one. */
export const nonceLifeMs = 300_000;
/** Nonces whose counters are remembered at once. */
const maxCounters = 100_000;

export type Verdict =
  | { kind: "ok"; user: string }
  /** No usable answer: challenge. `stale` when only the nonce was too old or was used before. */
  | { kind: "challenge"; stale: boolean; algorithms: readonly DigestAlgorithm[] }
  | { kind: "refused"; user: string };

export interface DigestServer {
  verify(request: SipRequest, algorithms: readonly DigestAlgorithm[]): Promise<Verdict>;
  /** WWW-Authenticate lines, in our order of preference (RFC 8760 §2.4). */
  challenge(verdict: { stale: boolean; algorithms: readonly DigestAlgorithm[] }): HeaderList;
}

interface Options {
  realm: string;
  clock: Clock;
  random: Random;
  credentialsOf: (user: string) => Promise<StoredCredentials | undefined>;
}

/** When a nonce of ours was made, ms since the epoch. */
const bornAt = (nonce: string) => Number.parseInt(nonce.split(".", 1)[0]!, 36);

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The digest-uri names what the request asks for; port and parameters differ with some phones. */
function namesRequest(digestUri: string, requestUri: string): boolean {
  if (digestUri === requestUri) return true;
  const [a, b] = [parseUri(digestUri), parseUri(requestUri)];
  return (
    a !== undefined && b !== undefined && a.user === b.user && a.host.toLowerCase() === b.host.toLowerCase()
  );
}

/**
 * Challenges and checks (RFC 7616, RFC 8760; qop=auth demanded). Nonces carry their time and our seal, so an
 * unanswered challenge costs no memory; of answered ones the highest `nc` is kept against replay.
 */
export function createDigestServer({ realm, clock, random, credentialsOf }: Options): DigestServer {
  const secret = random.hex(32);
  const counters = new Map<string, number>();
  /** Nonces up to this time whose counter is forgotten are not taken any more. */
  let forgottenUntil = 0;

  const seal = (text: string) => createHmac("sha256", secret).update(text).digest("base64url").slice(0, 22);
  const newNonce = () => {
    const stamp = `${clock.now().toString(36)}.${random.hex(6)}`;
    return `${stamp}.${seal(stamp)}`;
  };

  /** Age of a nonce that is ours, in ms. */
  function ageOf(nonce: string): number | undefined {
    const cut = nonce.lastIndexOf(".");
    const stamp = nonce.slice(0, cut);
    if (cut < 0 || !sameText(seal(stamp), nonce.slice(cut + 1))) return undefined;
    return clock.now() - bornAt(nonce);
  }

  function isReplay(nonce: string, nc: number): boolean {
    const before = counters.get(nonce);
    if (before === undefined ? bornAt(nonce) <= forgottenUntil : nc <= before) return true;
    counters.set(nonce, nc);
    if (counters.size > maxCounters) {
      const oldest = counters.keys().next().value!;
      forgottenUntil = Math.max(forgottenUntil, bornAt(oldest));
      counters.delete(oldest);
    }
    return false;
  }

  async function check(params: Params, request: SipRequest): Promise<Verdict | undefined> {
    const [user, uri, nonce, response] = ["username", "uri", "nonce", "response"].map((name) =>
      param(params, name),
    );
    const cnonce = param(params, "cnonce");
    const nc = param(params, "nc");
    const algorithm = algorithmOf(params);
    if (!user || !uri || !nonce || !response || !algorithm || param(params, "realm") !== realm)
      return undefined;
    const age = ageOf(nonce);
    if (param(params, "qop") !== "auth" || !nc || !cnonce || age === undefined) return undefined;
    const count = /^[0-9a-f]{8}$/i.test(nc) ? Number.parseInt(nc, 16) : undefined;
    if (count === undefined) return undefined;
    const name = fromWireText(user);
    const stored = await credentialsOf(name);
    if (stored && algorithm === "SHA-256" && stored.ha1Sha256 === undefined)
      return { kind: "challenge", stale: false, algorithms: ["MD5"] };
    const ha1 = (algorithm === "MD5" ? stored?.ha1Md5 : stored?.ha1Sha256) ?? seal(user);
    const qop = { name: "auth", nc, cnonce } as const;
    const wanted = digestResponse({ algorithm, ha1, method: request.method, uri, nonce, qop });
    const fits = sameText(wanted, response.toLowerCase()) && namesRequest(uri, request.uri);
    if (!stored || !fits) return { kind: "refused", user: name };
    if (age > nonceLifeMs || isReplay(nonce, count))
      return { kind: "challenge", stale: true, algorithms: [algorithm] };
    return { kind: "ok", user: name };
  }

  return {
    async verify(request, algorithms) {
      for (const field of ["Authorization", "Proxy-Authorization"]) {
        for (const line of headerLines(request, field)) {
          const params = parseDigest(line);
          const verdict = params && (await check(params, request));
          if (verdict) return verdict;
        }
      }
      return { kind: "challenge", stale: false, algorithms };
    },
    challenge({ stale, algorithms }) {
      const nonce = newNonce();
      return algorithms.map((algorithm) => [
        "WWW-Authenticate",
        `Digest realm=${quote(realm)}, nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ", stale=true" : ""}`,
      ]);
    },
  };
}
