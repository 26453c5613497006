/**
 * Boxes as a telephone opens and works them: one's own and those one looks after from one's own telephone, any by number and
 * PIN from elsewhere. A box without a PIN opens from nowhere else.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { findUserByExtension, verifyPassword } from "../users/index.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { findBox, ownBox, setGreeting } from "./queries-boxes.ts";
import {
  boxOfNumber,
  countWrongPin,
  lockOf,
  messagesIn,
  settlePins,
  type SpokenMessage,
} from "./queries-by-phone.ts";
import { peopleOf, updateMessage } from "./queries-messages.ts";

/** After so many wrong PINs in a row, from however many calls, no PIN opens the box for a while. */
const mostWrongPins = 6;
const lockedMs = 15 * 60_000;

export interface PhoneBox {
  id: number;
  /** Whose own box; null: a shared one. */
  userId: number | null;
  hasGreeting: boolean;
  messages: readonly SpokenMessage[];
}

export interface BoxesByPhone {
  ofPerson(userId: number): Promise<PhoneBox>;
  /** Undefined: it was deleted. */
  ofId(boxId: number): Promise<PhoneBox | undefined>;
  /** Undefined: there is none of this number that this person looks after. */
  ofKeeper(userId: number, number: string): Promise<PhoneBox | undefined>;
  /** `wrong`: no such box, no PIN, or another; all take as long. */
  withPin(box: { number: string } | { id: number }, pin: string): Promise<PhoneBox | "wrong" | "locked">;
  /** The box that a caller was about to leave a message in. */
  idOf(ref: { userId: number } | { boxId: number }): Promise<number>;
  heard(messageId: string): Promise<void>;
  remove(messageId: string, actor: Actor): Promise<void>;
  /** Into the box of this number; false: there is none. */
  forward(messageId: string, number: string, actor: Actor): Promise<boolean>;
  keepGreeting(boxId: number, wav: Buffer, durationMs: number): Promise<void>;
  removeGreeting(boxId: number): Promise<void>;
}

export function createBoxesByPhone(deps: {
  database: Database;
  mailboxes: Mailboxes;
  clock: Clock;
  log: Log;
}): BoxesByPhone {
  const { database, mailboxes, clock, log } = deps;
  const now = () => new Date(clock.now());

  async function open(boxId: number): Promise<PhoneBox | undefined> {
    const found = await findBox(database.db, boxId);
    if (!found) return undefined;
    const messages = await messagesIn(database.db, boxId);
    return { id: boxId, userId: found.userId, hasGreeting: found.greetingMs !== null, messages };
  }

  const ownBoxOf = (userId: number) => database.transact((tx) => ownBox(tx, userId));

  /** Who sees the message before and after is told. */
  async function change(
    id: string,
    columns: Parameters<typeof updateMessage>[2],
    audit?: { actor: Actor; action: string },
  ): Promise<void> {
    const before = await peopleOf(database.db, id);
    await database.transact(async (tx) => {
      await updateMessage(tx, id, columns);
      if (audit)
        await recordAudit(tx, {
          ...audit,
          at: now(),
          noun: "voicemail",
          detail: { messageId: id, by: "phone" },
        });
    });
    mailboxes.changed([...new Set([...before, ...(await peopleOf(database.db, id))])]);
  }

  async function wrong(boxId: number): Promise<"wrong" | "locked"> {
    const locks = await database.transact(async (tx) => {
      const isLast = (await countWrongPin(tx, boxId)) >= mostWrongPins;
      if (isLast) await settlePins(tx, boxId, new Date(clock.now() + lockedMs));
      return isLast;
    });
    log.warn({ boxId, locks }, "a wrong PIN for a voicemail box");
    return locks ? "locked" : "wrong";
  }

  return {
    ofId: open,
    async ofPerson(userId) {
      return (await open(await ownBoxOf(userId)))!;
    },
    async ofKeeper(userId, number) {
      const boxId = await boxOfNumber(database.db, number);
      const found = boxId === undefined ? undefined : await findBox(database.db, boxId);
      const isTheirs = found?.userId === userId || found?.keepers.some(({ id }) => id === userId);
      return found && isTheirs ? open(found.id) : undefined;
    },
    async withPin(box, pin) {
      const boxId = "id" in box ? box.id : await boxOfNumber(database.db, box.number);
      const lock = boxId === undefined ? undefined : await lockOf(database.db, boxId);
      const isRight = await verifyPassword(lock?.pinHash ?? undefined, pin);
      if (boxId === undefined || !lock) return "wrong";
      if (lock.lockedUntil && lock.lockedUntil > now()) return "locked";
      if (!isRight) return wrong(boxId);
      await database.transact((tx) => settlePins(tx, boxId, null));
      return (await open(boxId)) ?? "wrong";
    },
    idOf: async (ref) => ("boxId" in ref ? ref.boxId : ownBoxOf(ref.userId)),
    heard: (id) => change(id, { heard_at: now() }),
    remove: (id, actor) => change(id, { deleted_at: now() }, { actor, action: "voicemail.deleted" }),
    async forward(id, number, actor) {
      const person = await findUserByExtension(database.db, number);
      const boxId = person ? await ownBoxOf(person.id) : await boxOfNumber(database.db, number);
      if (boxId === undefined) return false;
      // For who gets it, it is new.
      const columns = { box_id: boxId, assigned_to: null, heard_at: null, called_out_at: null };
      await change(id, columns, { actor, action: "voicemail.changed" });
      return true;
    },
    async keepGreeting(boxId, wav, durationMs) {
      await mailboxes.storeGreeting(boxId, wav);
      await database.transact((tx) => setGreeting(tx, boxId, Math.round(durationMs)));
    },
    async removeGreeting(boxId) {
      await database.transact((tx) => setGreeting(tx, boxId, null));
      await mailboxes.removeGreeting(boxId);
    },
  };
}
