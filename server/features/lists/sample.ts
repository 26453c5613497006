/** Shares of millions of leads from a sample of places. Pure but for the query. */
import { type RawBuilder, sql } from "kysely";
import type { Estimate } from "../../../shared/lead-conditions.ts";
import type { Db } from "../../kernel/db.ts";
import type { Random } from "../../kernel/random.ts";
import type { LeadStatus } from "../../../shared/lists.ts";
import "./tables.ts";

/** Leads of one status on one list; `claimed` leads are `ready` here. */
export interface Stratum {
  listId: number;
  status: Exclude<LeadStatus, "claimed">;
  /** How many there are. */
  leads: number;
}

export interface SampledLead<T> {
  lead: T;
  stratum: Stratum;
  /** Where it was found: leads of one place tend to be alike. */
  place: number;
}

const perPlace = 10;

/**
 * Some `size` leads of the strata, each stratum by its part, ten neighbours at each place; all of them when they are no
 * more than that. `columns` speak of `leads l`.
 */
export async function sampleLeads<T>(
  db: Db,
  strata: readonly Stratum[],
  size: number,
  random: Random,
  columns: RawBuilder<unknown>,
): Promise<{ leads: SampledLead<T>[]; exact: boolean }> {
  const whole = strata.reduce((sum, stratum) => sum + stratum.leads, 0);
  const exact = whole <= size;
  const sampled: SampledLead<T>[] = [];
  for (const stratum of strata) {
    const { listId, status, leads } = stratum;
    if (leads === 0) continue;
    const { rows: bounds } = await sql<{ first: number | null; last: number }>`
      select min(id) as first, max(id) as last from leads where list_id = ${listId} and status = ${status}`.execute(
      db,
    );
    const { first, last } = bounds[0]!;
    if (first === null) continue;
    const places = Math.max(1, Math.round(((leads / whole) * size) / perPlace));
    const starts = exact
      ? [first]
      : Array.from({ length: places }, () => first + Math.floor(random.next() * (last - first + 1)));
    const { rows } = await sql<T & { sample_place: number }>`
      select found.*, s.place as sample_place
      from unnest(${starts}::bigint[]) with ordinality as s (start, place) cross join lateral (
        select ${columns} from leads l
        where l.list_id = ${listId} and l.status = ${status} and l.id >= s.start
        order by l.id limit ${exact ? size : perPlace}
      ) as found`.execute(db);
    for (const lead of rows) sampled.push({ lead, stratum, place: lead.sample_place });
  }
  return { leads: sampled, exact };
}

/**
 * How many of `whole` are so, when `hits` (by place) of the sampled are: Wilson's interval at 95 % with the sample's
 * size made smaller by how much leads of one place are alike (Kish's design effect).
 */
export function estimateOf(
  whole: number,
  places: readonly { hits: number; size: number }[],
  exact: boolean,
): Estimate {
  const size = places.reduce((sum, place) => sum + place.size, 0);
  const hits = places.reduce((sum, place) => sum + place.hits, 0);
  if (size === 0) return { leads: 0, low: 0, high: exact ? 0 : whole, exact };
  const share = hits / size;
  const leads = Math.round(share * whole);
  if (exact) return { leads, low: leads, high: leads, exact };
  const simple = (share * (1 - share)) / size;
  const m = places.length;
  const between =
    m > 1
      ? (places.reduce((sum, place) => sum + (place.hits - share * place.size) ** 2, 0) * m) /
        ((m - 1) * size ** 2)
      : 0;
  const n = size / Math.max(1, simple > 0 ? between / simple : 1);
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return {
    leads,
    low: Math.max(0, Math.floor((middle - half) * whole)),
    high: Math.min(whole, Math.ceil((middle + half) * whole)),
    exact,
  };
}

/** The sample by place, of those that `is` says. */
export function byPlace<T>(leads: readonly SampledLead<T>[], is: (lead: T) => boolean) {
  const places = new Map<string, { hits: number; size: number }>();
  for (const { lead, stratum, place } of leads) {
    const key = `${stratum.listId} ${stratum.status} ${place}`;
    const at = places.get(key) ?? { hits: 0, size: 0 };
    at.size++;
    if (is(lead)) at.hits++;
    places.set(key, at);
  }
  return [...places.values()];
}
