import { sql } from "kysely";
import type { SpeedDial, SpeedDialInput } from "../../../shared/speed-dials.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** This person's and everybody's. */
export async function speedDialsOf(db: Db, userId: number): Promise<SpeedDial[]> {
  const rows = await db
    .selectFrom("speed_dials")
    .selectAll()
    .where((eb) => eb.or([eb("user_id", "=", userId), eb("user_id", "is", null)]))
    .orderBy("code")
    .orderBy("user_id")
    .execute();
  return rows.map(({ user_id, code, name, phone }) => ({
    scope: user_id === null ? "shared" : "own",
    code,
    name,
    phone,
  }));
}

/** What these two digits mean for this person: their own before everybody's. */
export async function speedDial(db: Db, userId: number, code: number): Promise<SpeedDial | undefined> {
  const all = (await speedDialsOf(db, userId)).filter((entry) => entry.code === code);
  return all.find(({ scope }) => scope === "own") ?? all[0];
}

/** What stands in the way, by its name, when it may not be replaced; null: it is saved. */
export async function saveSpeedDial(
  tx: Tx,
  { userId, code }: { userId: number | null; code: number },
  { name, phone, replace }: SpeedDialInput,
): Promise<string | null> {
  const values = sql`insert into speed_dials (user_id, code, name, phone) values (${userId}, ${code}, ${name}, ${phone})`;
  if (replace) {
    await sql`${values} on conflict (user_id, code)
      do update set name = excluded.name, phone = excluded.phone`.execute(tx);
    return null;
  }
  const { rows } = await sql`${values} on conflict (user_id, code) do nothing returning code`.execute(tx);
  if (rows.length > 0) return null;
  const found = await tx
    .selectFrom("speed_dials")
    .select("name")
    .where("user_id", "is not distinct from", userId)
    .where("code", "=", code)
    .executeTakeFirst();
  return found?.name ?? "";
}

export async function deleteSpeedDial(tx: Tx, userId: number | null, code: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("speed_dials")
    .where("user_id", "is not distinct from", userId)
    .where("code", "=", code)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
