import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** 192 random bits, as Standard Webhooks writes a symmetric secret. */
export const newWebhookSecret = (): string => prefix + randomBytes(24).toString("base64");

/** What is signed and sent. `body` is JSON as it goes over the wire. */
export interface Signed {
  id: string;
  /** Seconds since the epoch: an old request that somebody repeats is seen by it. */
  timestamp: number;
  body: string;
}

/**
 * Headers of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, one signature for each
 * secret, so that a receiver may change its own while both hold.
 */
export function signatureHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
