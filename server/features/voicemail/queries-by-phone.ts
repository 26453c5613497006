import type { Db, Tx } from "../../kernel/db.ts";
import { stands } from "./queries-boxes.ts";
import "./tables.ts";

/** What a telephone tells of a message. */
export interface SpokenMessage {
  id: string;
  phone: string;
  leftAt: Date;
  heardAt: Date | null;
}

/** What stands in a box, the oldest first. */
export const messagesIn = (db: Db, boxId: number): Promise<SpokenMessage[]> =>
  db
    .selectFrom("voicemail_messages as m")
    .innerJoin("recordings as r", "r.id", "m.id")
    .where(stands)
    .where("m.box_id", "=", boxId)
    .select(["m.id", "m.phone", "m.left_at as leftAt", "m.heard_at as heardAt"])
    .orderBy("m.left_at")
    .orderBy("m.id")
    .execute();

/** The own box of who has this extension, else the shared box of this number. */
export async function boxOfNumber(db: Db, number: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("voicemail_boxes as b")
    .leftJoin("users as u", "u.id", "b.user_id")
    .where((eb) =>
      eb.or([
        eb.and([eb("u.extension", "=", number), eb("u.active", "=", true)]),
        eb("b.number", "=", number),
      ]),
    )
    .select("b.id")
    .orderBy("b.user_id")
    .executeTakeFirst();
  return row?.id;
}

export interface BoxLock {
  pinHash: string | null;
  lockedUntil: Date | null;
}

export const lockOf = (db: Db, boxId: number): Promise<BoxLock | undefined> =>
  db
    .selectFrom("voicemail_boxes")
    .select(["pin_hash as pinHash", "pin_locked_until as lockedUntil"])
    .where("id", "=", boxId)
    .executeTakeFirst();

/** Returns how many PINs in a row were wrong, with this one. */
export async function countWrongPin(tx: Tx, boxId: number): Promise<number> {
  const row = await tx
    .updateTable("voicemail_boxes")
    .set((eb) => ({ pin_failures: eb("pin_failures", "+", 1) }))
    .where("id", "=", boxId)
    .returning("pin_failures")
    .executeTakeFirst();
  return row?.pin_failures ?? 0;
}

/** The wrong ones are forgotten; until `lockedUntil` no PIN opens the box. */
export async function settlePins(tx: Tx, boxId: number, lockedUntil: Date | null): Promise<void> {
  await tx
    .updateTable("voicemail_boxes")
    .set({ pin_failures: 0, pin_locked_until: lockedUntil })
    .where("id", "=", boxId)
    .execute();
}

export async function setPin(tx: Tx, boxId: number, pinHash: string | null): Promise<void> {
  await tx
    .updateTable("voicemail_boxes")
    .set({ pin_hash: pinHash, pin_failures: 0, pin_locked_until: null })
    .where("id", "=", boxId)
    .execute();
}

/** Is another box, or somebody's extension, of this number? */
export async function boxNumberTaken(db: Db, number: string, exceptId = 0): Promise<boolean> {
  const box = await db
    .selectFrom("voicemail_boxes")
    .select("id")
    .where("number", "=", number)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  const person = await db.selectFrom("users").select("id").where("extension", "=", number).executeTakeFirst();
  return box !== undefined || person !== undefined;
}
