import { instantOf, wallClockOf } from "../../shared/zoned-time.ts";
import { companyZone } from "./format.ts";

/** The first instant of a day (`YYYY-MM-DD`) on the company's clock. */
export const dayStart = (day: string): string => instantOf(`${day}T00:00`, companyZone())!;

/** The day of an instant on the company's clock. */
export const dayOf = (instant: Date): string => wallClockOf(instant.getTime(), companyZone()).slice(0, 10);
