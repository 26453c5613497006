/** The items with two of them in each other's place. */
export function swapped<T>(items: readonly T[], one: number, other: number): T[] {
  const [a, b] = [items[one], items[other]];
  if (a === undefined || b === undefined) return [...items];
  return items.with(one, b).with(other, a);
}
