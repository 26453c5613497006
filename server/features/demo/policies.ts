/**
 * What the demonstration's flow asks: a database of another system, with the policies of the people on the list. It is a
 * schema beside our tables, and who asks sees nothing but it.
 */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";
import { ensureDatabase } from "../ivr/index.ts";
import { peopleToCall } from "./people-to-call.ts";

const role = "waihu_demo_reader";

/** Eight digits: the last of the holder's number. */
export const policyOf = (phone: string) => `8600${phone.slice(-4)}`;

/**
 * Makes what is missing of it, with a new password. `server`: URL of the embedded PostgreSQL, whose port is another at
 * each start. Its id among the databases of flows.
 */
export async function ensurePolicies(tx: Tx, server: string): Promise<number> {
  const password = randomBytes(24).toString("base64url");
  await sql`create schema if not exists demo`.execute(tx);
  await sql`create table if not exists demo.policies
    (number text primary key, holder text not null, product text not null, due date not null)`.execute(tx);
  const rows = peopleToCall(200).map(
    ({ phone, name, product, due }) => sql`(${policyOf(phone)}, ${name}, ${product}, ${due}::date)`,
  );
  await sql`insert into demo.policies values ${sql.join(rows)} on conflict do nothing`.execute(tx);
  const { rows: known } = await sql`select from pg_roles where rolname = ${role}`.execute(tx);
  if (known.length === 0) await sql`create role ${sql.id(role)} login`.execute(tx);
  await sql`alter role ${sql.id(role)} password ${sql.lit(password)}`.execute(tx);
  await sql`grant usage on schema demo to ${sql.id(role)}`.execute(tx);
  await sql`grant select on demo.policies to ${sql.id(role)}`.execute(tx);
  const url = new URL(server);
  url.username = role;
  url.password = password;
  return ensureDatabase(tx, { name: "保单系统 Policies", url: url.href });
}
