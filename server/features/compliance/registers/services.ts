/**
 * Asks the services that know of do-not-call numbers, before the call is decided and outside of any transaction.
 * An answer is kept for as long as the service's setting says. A service that is late, or says something else than
 * agreed, leaves the number unknown: the register's setting decides then, and the next call asks again.
 */
import { z } from "zod";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import { reasonOf } from "../../../kernel/errors.ts";
import type { Log } from "../../../kernel/log.ts";
import { saveAnswers, services, unanswered } from "./queries.ts";

const answer = z.object({ listed: z.array(z.string()).max(10_000) });

export interface Screening {
  /** Is there a service to ask? Remembered for a few seconds. */
  isNeeded(): Promise<boolean>;
  /** Resolves when each service has answered, or its time is up. Never throws for a service's fault. */
  ask(phones: readonly string[]): Promise<void>;
}

const rememberMs = 2_000;

export function createScreening(parts: { database: Database; clock: Clock; log: Log }): Screening {
  const { database, clock, log } = parts;
  let known: { at: number; rows: Awaited<ReturnType<typeof services>> } | undefined;

  async function current() {
    if (!known || Math.abs(clock.now() - known.at) > rememberMs)
      known = { at: clock.now(), rows: await services(database.db) };
    return known.rows;
  }

  async function askOne(service: Awaited<ReturnType<typeof services>>[number], phones: readonly string[]) {
    const since = new Date(clock.now() - service.cache_minutes * 60_000);
    const numbers = await unanswered(database.db, service.id, phones, since);
    if (numbers.length === 0) return;
    try {
      const response = await fetch(service.url!, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(service.auth_header ? { authorization: service.auth_header } : {}),
        },
        body: JSON.stringify({ numbers }),
        redirect: "error",
        signal: AbortSignal.timeout(service.timeout_ms),
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      const listed = new Set(answer.parse(await response.json()).listed);
      const answers = numbers.map((phone) => ({ phone, listed: listed.has(phone) }));
      await database.transact((tx) => saveAnswers(tx, service.id, answers, new Date(clock.now())));
    } catch (error) {
      log.warn({ registerId: service.id, reason: reasonOf(error) }, "a do-not-call service did not answer");
    }
  }

  return {
    isNeeded: async () => (await current()).length > 0,
    async ask(phones) {
      const distinct = [...new Set(phones)];
      if (distinct.length === 0) return;
      await Promise.all((await current()).map((service) => askOne(service, distinct)));
    },
  };
}
