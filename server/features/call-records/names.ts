/** What the ids in a call's events stand for: people read names. */
import { sql } from "kysely";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Db } from "../../kernel/db.ts";

type Noun =
  | "users"
  | "trunks"
  | "campaigns"
  | "lists"
  | "dispositions"
  | "prompts"
  | "announcements"
  | "queues"
  | "calls";

const nouns: Record<string, Noun> = {
  userId: "users",
  colleagueId: "users",
  byUserId: "users",
  by: "users",
  from: "users",
  to: "users",
  trunkId: "trunks",
  campaignId: "campaigns",
  listId: "lists",
  dispositionId: "dispositions",
  promptId: "prompts",
  announcementId: "announcements",
  queueId: "queues",
  callId: "calls",
};

/** A party (`agent-7`, `call-…`), and any other value of an event's data, as what it names. */
function namedBy(key: string, value: unknown): [Noun, string] | undefined {
  const party = typeof value === "string" ? /^(agent|call)-(.+)$/.exec(value) : null;
  if (party && (key === "id" || key === "consultId"))
    return [party[1] === "agent" ? "users" : "calls", party[2]!];
  const noun = nouns[key];
  if (!noun || (typeof value !== "number" && noun !== "calls")) return undefined;
  return typeof value === "number" || typeof value === "string" ? [noun, String(value)] : undefined;
}

async function namesOf(db: Db, noun: Noun, ids: readonly string[], seesPhones: boolean) {
  const isCall = noun === "calls";
  const name = isCall
    ? sql`coalesce(nullif(name, ''), phone)`
    : sql.ref(noun === "dispositions" ? "label" : "name");
  const { rows } = await sql<{ id: string; name: string; phone: string | null }>`
    select id::text as id, ${name} as name, ${isCall ? sql.ref("phone") : sql`null`} as phone
    from ${sql.table(noun)} where id = any(${[...ids]}::${sql.raw(isCall ? "text" : "integer")}[])`.execute(
    db,
  );
  return rows.map(({ id, name: found, phone }): [string, string] => [
    `${noun} ${id}`,
    found === phone && !seesPhones ? maskPhone(found) : found,
  ]);
}

/** By `<key> <id>`; what is gone has no name. */
export async function namesIn(
  db: Db,
  records: readonly Record<string, unknown>[],
  seesPhones: boolean,
): Promise<Record<string, string>> {
  const asked = records.flatMap((record) =>
    Object.entries(record).flatMap(([key, value]) => {
      const named = namedBy(key, value);
      return named ? [{ key: `${key} ${String(value)}`, noun: named[0], id: named[1] }] : [];
    }),
  );
  const byNoun = Map.groupBy(asked, ({ noun }) => noun);
  const found = await Promise.all(
    [...byNoun].map(([noun, of]) => namesOf(db, noun, [...new Set(of.map(({ id }) => id))], seesPhones)),
  );
  const names = new Map(found.flat());
  return Object.fromEntries(
    asked.flatMap(({ key, noun, id }) => {
      const name = names.get(`${noun} ${id}`);
      return name ? [[key, name]] : [];
    }),
  );
}
