import { createHash } from "node:crypto";

/** A decision as its hash covers it. `reasons` and `facts`: JSON text as the database gives it. */
export interface SealedRow {
  id: number;
  callId: string;
  at: Date;
  allowed: boolean;
  reasons: string;
  facts: string;
  rulesVersion: string;
}

/** The hash before the first seal. */
export const chainStart = Buffer.alloc(32);

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function rowHash({ id, callId, at, allowed, reasons, facts, rulesVersion }: SealedRow): Buffer {
  return sha256(JSON.stringify([id, callId, at.toISOString(), allowed, reasons, facts, rulesVersion]));
}

/** SHA-256 over the seal before, its time, its decisions and their hashes. */
export function sealHash(previous: Buffer, at: Date, ids: readonly number[], rowHashes: Buffer): Buffer {
  return sha256(previous, JSON.stringify([at.toISOString(), ids]), rowHashes);
}
