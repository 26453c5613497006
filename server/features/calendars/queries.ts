import type { Calendar, CalendarInput } from "../../../shared/calendars.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export function allCalendars(db: Db): Promise<Calendar[]> {
  return db.selectFrom("calendars").select(["id", "name", "days"]).orderBy("name").execute();
}

/** Is this the name of another calendar? */
export async function isNameTaken(db: Db, name: string, exceptId: number | null): Promise<boolean> {
  const row = await db
    .selectFrom("calendars")
    .select("id")
    .where("name", "=", name)
    .where("id", "is distinct from", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

const columnsOf = ({ name, days }: CalendarInput) => ({ name, days: JSON.stringify(days) });

export async function insertCalendar(tx: Tx, input: CalendarInput): Promise<number> {
  const row = await tx
    .insertInto("calendars")
    .values(columnsOf(input))
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** False: there is none. */
export async function updateCalendar(tx: Tx, id: number, input: CalendarInput): Promise<boolean> {
  const done = await tx
    .updateTable("calendars")
    .set(columnsOf(input))
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** False: there is none. */
export async function deleteCalendar(tx: Tx, id: number): Promise<boolean> {
  const done = await tx.deleteFrom("calendars").where("id", "=", id).executeTakeFirst();
  return done.numDeletedRows > 0n;
}
