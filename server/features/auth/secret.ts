import { createHash, randomBytes } from "node:crypto";

/** 256 random bits: a session cookie or, with a prefix, an API token. */
export const newSecret = (prefix = "") => prefix + randomBytes(32).toString("base64url");

/** What the database keeps of a secret. It is random, so a plain hash is enough. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();
