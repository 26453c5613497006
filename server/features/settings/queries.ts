import { settings, type Settings } from "../../../shared/settings.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

const someSettings = settings.partial();

/** All settings; what was never set, or no longer fits, has its default. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db.selectFrom("settings").select(["key", "value"]).execute();
  const fitting = rows.filter(({ key, value }) => someSettings.safeParse({ [key]: value }).success);
  return settings.parse(Object.fromEntries(fitting.map(({ key, value }) => [key, value])));
}

/** One setting as it is stored; never set, or no longer fitting: its default. */
export function settingOf<K extends keyof Settings>(key: K, value: unknown): Settings[K] {
  const { success } = someSettings.safeParse({ [key]: value });
  return settings.parse(success ? { [key]: value } : {})[key];
}

export async function writeSettings(
  tx: Tx,
  values: Partial<Settings>,
  { at, userId }: { at: Date; userId: number | null },
): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    const row = { key, value: JSON.stringify(value), updated_at: at, updated_by: userId };
    await tx
      .insertInto("settings")
      .values(row)
      .onConflict((oc) => oc.column("key").doUpdateSet(row))
      .execute();
  }
}
