/**
 * A reader of what `select` makes of the items that `read` gives: the same value as long as the items are the same or
 * `same` finds no difference, so that who shows it need not show it again.
 */
export function selection<T, R>(
  read: () => T,
  select: (items: T) => R,
  same: (one: R, other: R) => boolean,
): () => R {
  let known: { items: T; value: R } | undefined;
  return () => {
    const items = read();
    if (known?.items === items) return known.value;
    const value = select(items);
    known = { items, value: known && same(known.value, value) ? known.value : value };
    return known.value;
  };
}

/** Lists of the same values in the same order. */
export const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
