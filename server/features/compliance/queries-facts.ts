/** What the gate asks of the database, for many candidates at once. */
import { sql } from "kysely";
import { type RulePack, rulePack } from "../../../shared/rule-packs.ts";
import { advisoryLockSpaces } from "../../kernel/advisory-locks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { ConsentFact, DoNotCallFact, LockFact } from "./facts.ts";
import "./tables.ts";

/**
 * Nobody else decides about these numbers until the transaction ends, so that two lists with the same number
 * cannot both see "no attempt yet". Taken in one order by all, so that nobody waits in a circle.
 */
export async function lockNumbers(tx: Tx, phones: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${advisoryLockSpaces.numbers}::integer, n) from (
      select distinct hashtext(p) as n from unnest(${phones}::text[]) as p order by 1
    ) as numbers`.execute(tx);
}

/** Columns of a list, or fields of a customer, in which an address's state or province stands. */
const regionFields = ["region", "state", "province", "地区", "省", "省份", "州"];

export interface PersonFacts {
  customerId: number | null;
  /** All numbers of the person, the one to be dialled among them. */
  phones: string[];
  /** Of the customer's address; null: not known. */
  timeZone: string | null;
  places: string[];
}

/** Who is called: the lead's other numbers, the customer's, and where they live. In the order of the candidates. */
export async function personsOf(
  db: Db,
  candidates: readonly { phone: string; leadId: number | null; customerId: number | null }[],
): Promise<PersonFacts[]> {
  const { rows } = await sql<PersonFacts>`
    with asked as (
      select n, a.phone, l.phone as lead_phone, l.more_phones, l.fields,
        coalesce(a.customer_id, l.customer_id, p.customer_id) as customer_id
      from unnest(${candidates.map((c) => c.phone)}::text[], ${candidates.map((c) => c.leadId)}::bigint[],
          ${candidates.map((c) => c.customerId)}::bigint[]) with ordinality as a (phone, lead_id, customer_id, n)
        left join leads l on l.id = a.lead_id
        left join customer_phones p on p.phone = a.phone
    )
    select a.customer_id as "customerId", c.time_zone as "timeZone",
      array(
        select a.phone union select a.lead_phone where a.lead_phone is not null union select unnest(a.more_phones)
        union select phone from customer_phones where customer_id = a.customer_id
      ) as phones,
      array(
        select f.value from jsonb_each_text(coalesce(c.fields, '{}') || coalesce(a.fields, '{}')) as f
        where lower(f.key) = any(${regionFields}::text[]) and f.value <> ''
      ) as places
    from asked a left join customers c on c.id = a.customer_id order by a.n`.execute(db);
  return rows;
}

export interface PastCall {
  /** null: it is planned, or was refused while another was open. */
  dialledAt: number | null;
  open: boolean;
  campaignId: number | null;
  lock: (LockFact & { campaignId: number | null }) | null;
}

export interface NumberFacts {
  doNotCall: (DoNotCallFact & { campaignId: number | null })[];
  /** Newest first, at most 200. */
  calls: PastCall[];
  consents: ConsentFact[];
}

interface CallRow {
  phone: string;
  dialled_at: Date | null;
  ended_at: Date | null;
  open: boolean;
  campaign_id: number | null;
  abandoned: boolean;
  hours: number | null;
  cause: "refusal" | "complaint" | "own" | null;
  everywhere: boolean | null;
  label: string | null;
}

/** What the call left behind: a disposition that rests the number, or an abandoned answer. */
function lockOf(row: CallRow): PastCall["lock"] {
  const at = (row.ended_at ?? row.dialled_at)?.getTime();
  if (at === undefined) return null;
  if (row.cause !== null && row.hours !== null)
    return {
      after: row.cause,
      at,
      until: at + row.hours * 3_600_000,
      disposition: row.label,
      campaignId: row.everywhere ? null : row.campaign_id,
    };
  return row.abandoned ? { after: "abandoned", at, until: null, disposition: null, campaignId: null } : null;
}

/** Attempts and open calls of these numbers since `since`, with what rests a number. Refused calls are none. */
async function pastCalls(db: Db, phones: readonly string[], since: Date): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`
    select c.*, l.hours, l.cause, l.everywhere, d.label
    from unnest(${phones}::text[]) as p (phone) cross join lateral (
      select phone, dialled_at, ended_at, state not in ('wrap-up', 'closed') as open, campaign_id, abandoned,
        disposition_id, planned_at
      from calls
      where phone = p.phone and direction = 'outbound' and planned_at > ${since}
        and (dialled_at is not null or state <> 'closed') and origin <> 'test'
      order by planned_at desc limit 200
    ) as c
    left join disposition_locks l on l.disposition_id = c.disposition_id
    left join dispositions d on d.id = l.disposition_id
    order by c.planned_at desc`.execute(db);
  return rows;
}

/** What is known of these numbers: do-not-call entries, calls since `since`, consents. */
export async function numberFacts(
  db: Db,
  phones: readonly string[],
  since: Date,
): Promise<Map<string, NumberFacts>> {
  const facts = new Map<string, NumberFacts>(
    phones.map((phone) => [phone, { doNotCall: [], calls: [], consents: [] }]),
  );
  const entries = await db
    .selectFrom("do_not_call")
    .select(["phone", "campaign_id", "source", "reason", "expires_at"])
    .where("phone", "=", sql<string>`any(${phones}::text[])`)
    .execute();
  for (const row of entries)
    facts.get(row.phone)?.doNotCall.push({
      campaignId: row.campaign_id,
      scope: row.campaign_id === null ? "global" : "campaign",
      source: row.source,
      reason: row.reason,
      expiresAt: row.expires_at?.getTime() ?? null,
    });
  for (const row of await pastCalls(db, phones, since))
    facts.get(row.phone)?.calls.push({
      dialledAt: row.dialled_at?.getTime() ?? null,
      open: row.open,
      campaignId: row.campaign_id,
      lock: lockOf(row),
    });
  const consents = await db
    .selectFrom("consents")
    .selectAll()
    .where("phone", "=", sql<string>`any(${phones}::text[])`)
    .orderBy("given_at", "desc")
    .execute();
  for (const row of consents)
    facts.get(row.phone)?.consents.push({
      id: row.id,
      kinds: row.kinds,
      purposes: row.purposes,
      form: row.form,
      source: row.source,
      givenAt: row.given_at.getTime(),
      expiresAt: row.expires_at?.getTime() ?? null,
      withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    });
  return facts;
}

const keyOf = (row: { id: string; version: string; created_at: Date }) =>
  `${row.id} ${row.version} ${row.created_at.toISOString()}`;

/** The company's own packs, all versions. They never change, so each is read once. */
const readPacks = new Map<string, RulePack>();
export async function ownPacks(db: Db): Promise<RulePack[]> {
  const known = await db.selectFrom("rule_packs").select(["id", "version", "created_at"]).execute();
  if (known.some((row) => !readPacks.has(keyOf(row)))) {
    const rows = await db.selectFrom("rule_packs").selectAll().execute();
    for (const row of rows) readPacks.set(keyOf(row), rulePack.parse(row.data));
  }
  return known.map((row) => readPacks.get(keyOf(row))!);
}

/** The longest rest that a disposition asks for, in hours. */
export async function longestLockHours(db: Db): Promise<number> {
  const row = await db
    .selectFrom("disposition_locks")
    .select((eb) => eb.fn.max("hours").as("hours"))
    .executeTakeFirst();
  return row?.hours ?? 0;
}
