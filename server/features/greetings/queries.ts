import { sql } from "kysely";
import { type GreetingRule, greetingRules } from "../../../shared/greetings.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** What no longer fits is left out. */
export async function readRules(db: Db): Promise<GreetingRule[]> {
  const row = await db.selectFrom("greeting_rules").select("rules").executeTakeFirst();
  const read = greetingRules.safeParse({ rules: row?.rules ?? [] });
  return read.success ? read.data.rules : [];
}

export async function writeRules(
  tx: Tx,
  rules: readonly GreetingRule[],
  { at, userId }: { at: Date; userId: number | null },
): Promise<void> {
  const row = { rules: JSON.stringify(rules), updated_at: at, updated_by: userId };
  await tx
    .insertInto("greeting_rules")
    .values({ id: true, ...row })
    .onConflict((oc) => oc.column("id").doUpdateSet(row))
    .execute();
}

export interface KnownCaller {
  name: string;
  organisation: string;
  vip: number;
  fields: Record<string, string>;
  appointmentAt: Date | null;
}

/** A customer, with the next callback that is promised to them. */
export async function knownCaller(db: Db, customerId: number, at: Date): Promise<KnownCaller | undefined> {
  const { rows } = await sql<KnownCaller>`
    select name, organisation, vip, fields, (select min(promised_at) from callbacks b
      where b.customer_id = c.id and b.closed_at is null and b.promised_at > ${at}) as "appointmentAt"
    from customers c where id = ${customerId}`.execute(db);
  return rows[0];
}
