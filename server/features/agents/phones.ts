/** What lets a browser or a desk phone register: digests of short-lived or once-shown passwords (RFC 7616). */
import { createHash } from "node:crypto";
import type { Clock } from "../../kernel/clock.ts";
import { type Database, isConnectionLost } from "../../kernel/db.ts";
import type { Random } from "../../kernel/random.ts";
import { phoneByUser, phoneOf, savePhone } from "./queries.ts";

export interface Ha1 {
  ha1Md5: string;
  ha1Sha256: string;
}

const digest = (algorithm: "md5" | "sha256", text: string) =>
  createHash(algorithm).update(text).digest("hex");

/** H(A1) of RFC 7616 §3.4.2 in both algorithms. */
export function ha1Of(user: string, realm: string, password: string): Ha1 {
  const a1 = `${user}:${realm}:${password}`;
  return { ha1Md5: digest("md5", a1), ha1Sha256: digest("sha256", a1) };
}

/** The SIP user of an agent's browser and of their desk phone. */
export const browserUser = (userId: number) => `web-${userId}`;
export const deskPhoneUser = (userId: number) => `phone-${userId}`;

/** Whose browser or desk phone this SIP user is; undefined when it is neither. */
export function userOfSip(sipUser: string): number | undefined {
  const match = /^(?:web|phone)-(\d{1,9})$/.exec(sipUser);
  return match ? Number(match[1]) : undefined;
}

const lifetimeMs = 12 * 3_600_000;

export interface Phones {
  /** For the registrar. */
  credentialsOf(sipUser: string): Promise<Ha1 | undefined>;
  /** A browser's credentials; the last ones issued are valid. */
  issueForBrowser(userId: number): { user: string; password: string; expiresAt: number };
  phoneOf(userId: number): Promise<{ sipUser: string; createdAt: Date } | null>;
  /** Sets a new password for the desk phone; this is the only time it is told. */
  resetPhone(userId: number): Promise<{ sipUser: string; password: string }>;
}

export function createPhones(deps: {
  database: Database;
  clock: Clock;
  random: Random;
  realm: string;
}): Phones {
  const { database, clock, random, realm } = deps;
  /** Of the desk phones, as the database last said. */
  const desks = new Map<string, Ha1>();
  const browsers = new Map<string, Ha1 & { expiresAt: number }>();
  return {
    async credentialsOf(sipUser) {
      const browser = browsers.get(sipUser);
      if (browser) return browser.expiresAt > clock.now() ? browser : undefined;
      try {
        const phone = await phoneByUser(database.db, sipUser);
        if (phone) desks.set(sipUser, { ha1Md5: phone.ha1_md5, ha1Sha256: phone.ha1_sha256 });
        else desks.delete(sipUser);
      } catch (error) {
        // A phone that registers anew must not be thrown out because the database is gone.
        if (!isConnectionLost(error) || !desks.has(sipUser)) throw error;
      }
      return desks.get(sipUser);
    },
    issueForBrowser(userId) {
      const user = browserUser(userId);
      const password = random.hex(16);
      const expiresAt = clock.now() + lifetimeMs;
      browsers.set(user, { ...ha1Of(user, realm, password), expiresAt });
      return { user, password, expiresAt };
    },
    async phoneOf(userId) {
      const phone = await phoneOf(database.db, userId);
      return phone ? { sipUser: phone.sip_user, createdAt: phone.created_at } : null;
    },
    async resetPhone(userId) {
      const sipUser = deskPhoneUser(userId);
      const password = random.hex(10);
      const { ha1Md5, ha1Sha256 } = ha1Of(sipUser, realm, password);
      await database.transact((tx) =>
        savePhone(tx, { user_id: userId, sip_user: sipUser, ha1_md5: ha1Md5, ha1_sha256: ha1Sha256 }),
      );
      desks.set(sipUser, { ha1Md5, ha1Sha256 });
      return { sipUser, password };
    },
  };
}
