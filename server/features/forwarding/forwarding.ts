/** Where people's calls go, kept in memory as the database has it: a desk is looked at often, and a caller waits. */
import type { Forwarding, ForwardingInput } from "../../../shared/forwarding.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { readSettings } from "../settings/index.ts";
import * as queries from "./queries.ts";
import { type PersonFacts, type Stop, whereTo } from "./where-to.ts";
import "./events.ts";

export interface Diversions {
  of(userId: number): Promise<Forwarding>;
  save(userId: number, input: ForwardingInput): Promise<void>;
  /** Their messages that nobody has listened to. */
  unheard(userId: number): Promise<number>;
  /** Messages of this person have come, were heard or went. */
  messagesChanged(userId: number): void;
  insertMessage(tx: Tx, message: queries.NewMessage): Promise<void>;
  whereTo(userId: number, facts: Pick<PersonFacts, "present" | "onCall">): Promise<Stop>;
  userOfDirectNumber(phone: string): Promise<number | undefined>;
  saveDirectNumber(userId: number, directNumber: string | null): Promise<void>;
}

/** What could not be read is asked for again. */
function remember<T>(all: Map<number, Promise<T>>, userId: number, read: () => Promise<T>): Promise<T> {
  const found = all.get(userId);
  if (found) return found;
  const reading = read();
  all.set(userId, reading);
  reading.catch(() => all.delete(userId));
  return reading;
}

export function createDiversions(deps: { database: Database; clock: Clock; events: EventBus }): Diversions {
  const { database, clock, events } = deps;
  const known = new Map<number, Promise<Forwarding>>();
  const unheard = new Map<number, Promise<number>>();

  const of = (userId: number) => remember(known, userId, () => queries.forwardingOf(database.db, userId));

  function changed(userId: number): void {
    known.delete(userId);
    unheard.delete(userId);
    events.publish("forwarding.changed", { userId });
  }

  return {
    of,
    async save(userId, input) {
      await database.transact((tx) => queries.saveForwarding(tx, userId, input, new Date(clock.now())));
      changed(userId);
    },
    unheard: (userId) => remember(unheard, userId, () => queries.unheardOf(database.db, userId)),
    messagesChanged: changed,
    insertMessage: queries.insertMessage,
    async whereTo(userId, facts) {
      const { timeZone } = await readSettings(database.db);
      return whereTo(await of(userId), { ...facts, at: clock.now(), timeZone });
    },
    userOfDirectNumber: (phone) => queries.userOfDirectNumber(database.db, phone),
    async saveDirectNumber(userId, directNumber) {
      await database.transact((tx) =>
        queries.saveDirectNumber(tx, userId, directNumber, new Date(clock.now())),
      );
      changed(userId);
    },
  };
}
