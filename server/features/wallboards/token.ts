import { createHash } from "node:crypto";
import type { Random } from "../../kernel/random.ts";

/** 256 bits: guessed by nobody, so that no tries need be counted. */
export const newToken = (random: Random): string => random.hex(32);

/** What is stored of a secret; being random, it needs no salt. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
