/** How many leads each list of a campaign gives to a claim. Pure. */
import { type ListMix, noQuota, type QuotaKind, quotaKinds } from "../../../shared/list-mix.ts";

/** What a list has given to the campaign so far. */
export interface ListTally extends Record<QuotaKind, number> {
  listId: number;
  /** Dials since the last full quarter of an hour. */
  recent: number;
  /** Claimed and not yet dialled, by any campaign. */
  held: number;
}

export interface ClaimShares {
  listIds: number[];
  /** Asked of each list first. */
  wanted: number[];
  /** No list gives more. */
  caps: number[];
}

export const ruleOf = (mix: ListMix, listId: number) =>
  mix.lists.find((list) => list.listId === listId) ?? { listId, weight: 1, quota: noQuota };

/** Is the order of lists and nothing else asked for? Then no tally is needed. */
export const isPlain = (mix: ListMix) =>
  mix.order === "in-turn" && mix.lists.every(({ quota }) => quotaKinds.every((kind) => quota[kind] === null));

export function quotasReached(mix: ListMix, tally: ListTally): QuotaKind[] {
  const { quota } = ruleOf(mix, tally.listId);
  return quotaKinds.filter((kind) => quota[kind] !== null && tally[kind] >= quota[kind]);
}

/** A quota of dials counts what is claimed as well, so that it is never passed; one of successes stops at its end. */
function capOf(mix: ListMix, tally: ListTally, count: number): number {
  if (quotasReached(mix, tally).length > 0) return 0;
  const { quota } = ruleOf(mix, tally.listId);
  const left = (["dials", "dialsPerDay"] as const).map((kind) =>
    quota[kind] === null ? count : quota[kind] - tally[kind] - tally.held,
  );
  return Math.max(0, Math.min(count, ...left));
}

/** At most so many claims are made at once: a transaction each, and connections are no more. */
const mostAtOnce = 20;
/** No claim asks for more. */
const largestClaim = 500;

/**
 * Could claims that are made at once, none of which sees what the others take, pass a quota of dials together? Then they
 * have to come one after the other.
 */
export function isNearQuota(mix: ListMix, tallies: readonly ListTally[], count: number): boolean {
  const all = mostAtOnce * Math.max(largestClaim, count);
  return tallies.some((tally) => {
    const cap = capOf(mix, tally, all);
    return cap > 0 && cap < all;
  });
}

/**
 * The shares of a claim of `count` leads. Mixed, each lead goes to the list that is furthest behind its weight within
 * this quarter of an hour: so small claims keep the mix as well as large ones do, with no memory but the dials
 * themselves, and a list that was short for hours does not take all afterwards.
 */
export function sharesOf(mix: ListMix, tallies: readonly ListTally[], count: number): ClaimShares {
  const listIds = tallies.map((tally) => tally.listId);
  const caps = tallies.map((tally) => capOf(mix, tally, count));
  if (mix.order === "in-turn") return { listIds, caps, wanted: caps };
  const weights = tallies.map((tally, i) => (caps[i]! > 0 ? ruleOf(mix, tally.listId).weight : 0));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const given = tallies.map((tally, i) => (weights[i]! > 0 ? tally.recent + tally.held : 0));
  let sum = given.reduce((a, b) => a + b, 0);
  const wanted = tallies.map(() => 0);
  if (whole === 0) return { listIds, wanted, caps };
  for (let n = 0; n < count; n++) {
    sum++;
    const behind = weights.map((weight, i) =>
      wanted[i]! < caps[i]! ? (weight / whole) * sum - given[i]! : -Infinity,
    );
    const next = behind.indexOf(Math.max(...behind));
    if (behind[next] === -Infinity) break;
    wanted[next]!++;
    given[next]!++;
  }
  return { listIds, wanted, caps };
}
