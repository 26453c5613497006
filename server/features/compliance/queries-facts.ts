/** What the gate asks of the database, for many candidates at once: before it holds the numbers, and after. */
import { type RawBuilder, sql } from "kysely";
import { type RulePack, rulePack } from "../../../shared/rule-packs.ts";
import { advisoryLockSpaces } from "../../kernel/advisory-locks.ts";
import { type Db, prepared, type Tx } from "../../kernel/db.ts";
import { settingOf } from "../settings/index.ts";
import type { WeekHours } from "../../../shared/campaigns.ts";
import { campaignsSaid, type SaidRow } from "./campaign-compliance.ts";
import type { ConsentFact, DoNotCallFact, LockFact } from "./facts.ts";
import {
  listedJson,
  listedNumbers,
  type ListedNumber,
  type RegisterInForce,
  registersInForce,
} from "./registers/queries.ts";
import "./tables.ts";

/**
 * Nobody else decides about these numbers until the transaction ends, so that two lists with the same number
 * cannot both see "no attempt yet". Taken in one order by all, so that nobody waits in a circle.
 */
export async function lockNumbers(tx: Tx, phones: readonly string[]): Promise<void> {
  await sql`${prepared}
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

/** What holds for all candidates together, and who each of them is. */
export interface Ground {
  /** Of the candidates, in their order. */
  persons: PersonFacts[];
  /** The company's own packs, all versions. */
  ownPacks: RulePack[];
  /** The company's choice of pack. */
  rulePack: string;
  /** When people may be called outside of any campaign. */
  manualHours: WeekHours;
  campaigns: SaidRow[];
  registers: RegisterInForce[];
  /** The longest rest that a disposition asks for. */
  longestLockHours: number;
}

interface GroundRow extends Omit<Ground, "ownPacks" | "rulePack" | "manualHours"> {
  packs: { id: string; version: string; createdAt: string }[];
  rulePack: unknown;
  manualHours: unknown;
}

/** The lead's other numbers, the customer's, and where they live. */
const personsJson = (
  candidates: readonly { phone: string; leadId: number | null; customerId: number | null }[],
) => sql`
  with asked as (
    select n, a.phone, l.phone as lead_phone, l.more_phones, l.fields,
      coalesce(a.customer_id, l.customer_id, p.customer_id) as customer_id
    from unnest(${candidates.map((c) => c.phone)}::text[], ${candidates.map((c) => c.leadId)}::bigint[],
        ${candidates.map((c) => c.customerId)}::bigint[]) with ordinality as a (phone, lead_id, customer_id, n)
      left join leads l on l.id = a.lead_id
      left join customer_phones p on p.phone = a.phone
  )
  select coalesce(json_agg(json_build_object('customerId', a.customer_id, 'timeZone', c.time_zone,
    'phones', array(
      select a.phone union select a.lead_phone where a.lead_phone is not null union select unnest(a.more_phones)
      union select phone from customer_phones where customer_id = a.customer_id
    ),
    'places', array(
      select f.value from jsonb_each_text(coalesce(c.fields, '{}') || coalesce(a.fields, '{}')) as f
      where lower(f.key) = any(${regionFields}::text[]) and f.value <> ''
    )) order by a.n), '[]')
  from asked a left join customers c on c.id = a.customer_id`;

/** All that can be known before the numbers are held, in one round trip. */
export async function groundOf(
  db: Db,
  candidates: readonly {
    phone: string;
    leadId: number | null;
    customerId: number | null;
    campaignId: number | null;
  }[],
): Promise<Ground> {
  const campaignIds = [...new Set(candidates.flatMap(({ campaignId }) => campaignId ?? []))];
  const { rows } = await sql<GroundRow>`${prepared}
    select (${personsJson(candidates)}) as persons,
      (select coalesce(json_agg(json_build_object('id', id, 'version', version, 'createdAt', created_at)), '[]')
        from rule_packs) as packs,
      (select value from settings where key = 'rulePack') as "rulePack",
      (select value from settings where key = 'manualHours') as "manualHours",
      (${campaignsSaid(campaignIds)}) as campaigns,
      (${registersInForce}) as registers,
      (select coalesce(max(hours), 0) from disposition_locks) as "longestLockHours"`.execute(db);
  const { packs, rulePack: chosen, manualHours, ...ground } = rows[0]!;
  return {
    ...ground,
    rulePack: settingOf("rulePack", chosen),
    manualHours: settingOf("manualHours", manualHours),
    ownPacks: await packsRead(db, packs),
  };
}

const keyOf = (row: GroundRow["packs"][number]) => `${row.id} ${row.version} ${row.createdAt}`;

/** The company's own packs never change, so each is read once. */
const readPacks = new Map<string, RulePack>();
async function packsRead(db: Db, known: GroundRow["packs"]): Promise<RulePack[]> {
  if (known.some((row) => !readPacks.has(keyOf(row)))) {
    const { rows } = await sql<GroundRow["packs"][number] & { data: unknown }>`
      select id, version, to_json(created_at) as "createdAt", data from rule_packs`.execute(db);
    for (const row of rows) readPacks.set(keyOf(row), rulePack.parse(row.data));
  }
  return known.map((row) => readPacks.get(keyOf(row))!);
}

/** The company's own packs, all versions. */
export async function ownPacks(db: Db): Promise<RulePack[]> {
  const { rows } = await sql<GroundRow["packs"][number]>`
    select id, version, to_json(created_at) as "createdAt" from rule_packs`.execute(db);
  return packsRead(db, rows);
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
  /** By the registers that say something of it. */
  listed: ListedNumber[];
}

interface CallRow {
  dialledAt: number | null;
  endedAt: number | null;
  open: boolean;
  campaignId: number | null;
  abandoned: boolean;
  hours: number | null;
  cause: "refusal" | "complaint" | "own" | null;
  everywhere: boolean | null;
  label: string | null;
  complainedAt: number | null;
}

/** What the call left behind: a complaint, a disposition that rests the number, or an abandoned answer. */
function lockOf(row: CallRow): PastCall["lock"] {
  if (row.complainedAt !== null && row.cause !== "complaint")
    return {
      after: "complaint",
      at: row.complainedAt,
      until: null,
      disposition: null,
      campaignId: null,
    };
  const at = row.endedAt ?? row.dialledAt;
  if (at === null) return null;
  if (row.cause !== null && row.hours !== null)
    return {
      after: row.cause,
      at,
      until: at + row.hours * 3_600_000,
      disposition: row.label,
      campaignId: row.everywhere ? null : row.campaignId,
    };
  return row.abandoned ? { after: "abandoned", at, until: null, disposition: null, campaignId: null } : null;
}

/** A time as ms since the epoch. */
const ms = (column: string): RawBuilder<number> =>
  sql.raw(`floor(extract(epoch from ${column}) * 1000)::bigint`);

/** Attempts and open calls of number `p` since `since`, with what rests a number. Refused calls are none. */
const callsJson = (since: Date) => sql`
  select coalesce(json_agg(json_build_object('dialledAt', ${ms("c.dialled_at")}, 'endedAt', ${ms("c.ended_at")},
    'open', c.state not in ('wrap-up', 'closed'), 'campaignId', c.campaign_id, 'abandoned', c.abandoned,
    'hours', l.hours, 'cause', l.cause, 'everywhere', l.everywhere, 'label', d.label,
    'complainedAt', ${ms("c.complained_at")}) order by c.planned_at desc), '[]')
  from (
    select dialled_at, ended_at, state, campaign_id, abandoned, disposition_id, planned_at, complained_at
    from calls
    where phone = p.phone and direction = 'outbound' and planned_at > ${since}
      and (dialled_at is not null or state <> 'closed') and origin <> 'test'
    order by planned_at desc limit 200
  ) as c
  left join disposition_locks l on l.disposition_id = c.disposition_id
  left join dispositions d on d.id = l.disposition_id`;

const doNotCallJson = sql`
  select coalesce(json_agg(json_build_object('campaignId', campaign_id,
    'scope', case when campaign_id is null then 'global' else 'campaign' end, 'source', source, 'reason', reason,
    'expiresAt', ${ms("expires_at")}) order by expires_at desc nulls first, (source = 'lock'), id), '[]')
  from do_not_call where phone = p.phone`;

const consentsJson = sql`
  select coalesce(json_agg(json_build_object('id', id, 'kinds', kinds, 'purposes', purposes, 'form', form,
    'source', source, 'givenAt', ${ms("given_at")}, 'expiresAt', ${ms("expires_at")},
    'withdrawnAt', ${ms("withdrawn_at")}) order by given_at desc), '[]')
  from consents where phone = p.phone`;

/** What is known of these numbers, in one round trip: do-not-call entries, calls since `since`, consents, registers. */
export async function numberFacts(
  db: Db,
  phones: readonly string[],
  { since, registers }: { since: Date; registers: readonly RegisterInForce[] },
): Promise<Map<string, NumberFacts>> {
  const { rows } = await sql<Omit<NumberFacts, "calls"> & { phone: string; calls: CallRow[] }>`${prepared}
    with listed as materialized (${listedNumbers(registers, phones)})
    select p.phone, (${doNotCallJson}) as "doNotCall", (${callsJson(since)}) as calls, (${consentsJson}) as consents,
      (${listedJson(registers)}) as listed
    from unnest(${phones}::text[]) as p (phone)`.execute(db);
  return new Map(
    rows.map(({ phone, calls, ...facts }) => [
      phone,
      {
        ...facts,
        calls: calls.map((row) => ({
          dialledAt: row.dialledAt,
          open: row.open,
          campaignId: row.campaignId,
          lock: lockOf(row),
        })),
      },
    ]),
  );
}
