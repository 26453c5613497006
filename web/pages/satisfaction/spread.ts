import { formatNumber } from "../../lib/format.ts";

/** How often each answer was given. */
export const spreadOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([score, times]) => `${score}: ${formatNumber(times)}`)
    .join(" · ");
