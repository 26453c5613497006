import { type AfterCall, afterCall } from "../../../shared/after-call.ts";
import type { Db } from "../../kernel/db.ts";

/** What these campaigns say about reminders and who takes a callback over. */
export async function callbackRules(db: Db, ids: readonly number[]): Promise<Map<number, AfterCall>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("campaigns").select(["id", "after_call"]).where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, afterCall.parse(row.after_call)]));
}
