import type { Tx } from "../../kernel/db.ts";
import { insertSession } from "./queries.ts";
import { hashSecret, newSecret } from "./secret.ts";

const idleMs = 12 * 3_600_000;
const longestMs = 7 * 24 * 3_600_000;

/** 12 hours after the last request, at most 7 days after the sign-in. */
export function sessionExpiry(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleMs, createdAt.getTime() + longestMs));
}

/** Returns the cookie's value; only its hash is stored. */
export async function startSession(
  tx: Tx,
  { userId, address, userAgent, at }: { userId: number; address: string; userAgent: string; at: Date },
): Promise<string> {
  const token = newSecret();
  await insertSession(tx, {
    userId,
    address,
    userAgent,
    at,
    tokenHash: hashSecret(token),
    expiresAt: sessionExpiry(at, at),
  });
  return token;
}
