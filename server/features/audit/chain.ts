import { createHash } from "node:crypto";

/** What an entry's hash covers, besides the hash before it. `detail` is JSON text exactly as stored. */
export interface ChainedEntry {
  at: Date;
  actorId: number | null;
  actor: string;
  address: string;
  action: string;
  noun: string;
  nounId: string;
  detail: string;
}

/** The hash before the first entry. */
export const chainStart = Buffer.alloc(32);

/** SHA-256 over the hash before and the entry's fields as one JSON array. */
export function chainHash(previous: Buffer, entry: ChainedEntry): Buffer {
  const { at, actorId, actor, address, action, noun, nounId, detail } = entry;
  const text = JSON.stringify([at.toISOString(), actorId, actor, address, action, noun, nounId, detail]);
  return createHash("sha256").update(previous).update(text).digest();
}
