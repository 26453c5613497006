/** Where people's calls go, kept in memory as the database has it: a desk is looked at often, and a caller waits. */
import { type Forwarding, type ForwardingInput, forwardKinds } from "../../../shared/forwarding.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { saveDirectNumber, whoseNumber } from "../numbers/index.ts";
import { readSettings } from "../settings/index.ts";
import * as queries from "./queries.ts";
import { type PersonFacts, type Stop, whereTo } from "./where-to.ts";
import "./events.ts";

export interface Diversions {
  of(userId: number): Promise<Forwarding>;
  /** Errors: `phone-invalid` 422, `forwarded-to-self` 409. */
  save(userId: number, input: ForwardingInput): Promise<void>;
  whereTo(userId: number, facts: Pick<PersonFacts, "present" | "onCall">): Promise<Stop>;
  /** Errors: `direct-number-taken` 409, with the `name` of what it leads to. */
  saveDirectNumber(userId: number, directNumber: string | null): Promise<void>;
}

/** The same with its numbers as E.164: what no telephone can be forwarded to is refused before a caller finds out. */
function checked(userId: number, input: ForwardingInput, country: string): ForwardingInput {
  const told = { ...input };
  for (const kind of forwardKinds) {
    const to = told[kind];
    if (to?.type === "agent" && to.userId === userId)
      throw conflict("forwarded-to-self", "Calls cannot be forwarded to the person they are for.");
    if (to?.type !== "number") continue;
    const number = parsePhone(to.phone, country);
    if (!number)
      throw invalid("phone-invalid", `${to.phone} is not a telephone number.`, { phone: to.phone });
    told[kind] = { type: "number", phone: number.e164 };
  }
  return told;
}

export function createDiversions(deps: { database: Database; clock: Clock; events: EventBus }): Diversions {
  const { database, clock, events } = deps;
  const known = new Map<number, Promise<Forwarding>>();

  /** What could not be read is asked for again. */
  function of(userId: number): Promise<Forwarding> {
    const found = known.get(userId);
    if (found) return found;
    const reading = queries.forwardingOf(database.db, userId);
    known.set(userId, reading);
    reading.catch(() => known.delete(userId));
    return reading;
  }

  events.on("numbers.changed", () => known.clear());

  function changed(userId: number): void {
    known.delete(userId);
    events.publish("forwarding.changed", { userId });
  }

  return {
    of,
    async save(userId, input) {
      await database.transact(async (tx) => {
        const { defaultCountry } = await readSettings(tx);
        const told = checked(userId, input, defaultCountry);
        await queries.saveForwarding(tx, userId, told, new Date(clock.now()));
      });
      changed(userId);
    },
    async whereTo(userId, facts) {
      const { timeZone } = await readSettings(database.db);
      return whereTo(await of(userId), { ...facts, at: clock.now(), timeZone });
    },
    async saveDirectNumber(userId, directNumber) {
      await database.transact(async (tx) => {
        const name = directNumber === null ? undefined : await whoseNumber(tx, directNumber, userId);
        if (name !== undefined)
          throw conflict("direct-number-taken", `${directNumber} leads to ${name}.`, { name });
        await saveDirectNumber(tx, userId, directNumber);
      });
      changed(userId);
    },
  };
}
