import { createHash } from "node:crypto";
import { type Params, parseParams, toWireText, unquote } from "./grammar.ts";

/** Algorithms of RFC 7616 that SIP uses (RFC 8760), by the token on the wire. */
export type DigestAlgorithm = "MD5" | "SHA-256";

const hashName = { MD5: "md5", "SHA-256": "sha256" } as const;

const hash = (algorithm: DigestAlgorithm, text: string) =>
  createHash(hashName[algorithm]).update(text, "latin1").digest("hex");

/** Parameters of a `Digest …` header value, names in lower case, quotes kept; undefined for another scheme. */
export function parseDigest(value: string): Params | undefined {
  const match = /^digest\s+(\S[\s\S]*)$/i.exec(value.trim());
  if (!match) return undefined;
  // Digest separates by comma where header parameters separate by semicolon.
  const parts = match[1]!.match(/[^\s,=]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]*)/g) ?? [];
  return parseParams(parts.map((part) => `;${part}`).join(""));
}

/** `HA1` of RFC 7616 §3.4.2, as we store it for a phone. All text is UTF-8. */
export function hashCredentials(algorithm: DigestAlgorithm, user: string, realm: string, password: string) {
  return hash(algorithm, toWireText(`${user}:${realm}:${password}`));
}

export interface DigestInput {
  algorithm: DigestAlgorithm;
  ha1: string;
  method: string;
  /** The digest-uri as written in the header. */
  uri: string;
  nonce: string;
  /** Absent for peers of RFC 2069. */
  qop?: { name: "auth"; nc: string; cnonce: string };
}

/** The `response` value (RFC 7616 §3.4.1). */
export function digestResponse(input: DigestInput): string {
  const ha2 = hash(input.algorithm, `${input.method}:${input.uri}`);
  const middle = input.qop
    ? `${input.nonce}:${input.qop.nc}:${input.qop.cnonce}:${input.qop.name}`
    : input.nonce;
  return hash(input.algorithm, `${input.ha1}:${middle}:${ha2}`);
}

/** The algorithm a challenge or an answer names; MD5 when it names none, undefined when it is not ours. */
export function algorithmOf(params: Params): DigestAlgorithm | undefined {
  const name = unquote(params.get("algorithm") ?? "MD5").toUpperCase();
  return name === "MD5" || name === "SHA-256" ? name : undefined;
}

export const param = (params: Params, name: string): string | undefined => {
  const value = params.get(name);
  return value === undefined ? undefined : unquote(value);
};
