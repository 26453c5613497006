import { parsePhoneNumberFromString } from "libphonenumber-js";
import { type Area, areaOf } from "./areas.ts";

/** Where a number is, read once. */
export interface Place {
  number: string;
  /** Country calling code; undefined for a number that no plan has. */
  code: string | undefined;
  area: Area | undefined;
}

export function placeOf(number: string): Place {
  return {
    number,
    code: parsePhoneNumberFromString(number)?.countryCallingCode,
    area: areaOf(number),
  };
}

function sharedDigits(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

/**
 * How local a caller ID is to a called number; more is nearer, only the order counts: a prefix it is said to serve (the
 * longest first), the same area, the same region, the same country. Where the plan of the country is not known, its
 * numbers are nearer the more leading digits they share.
 */
export function localityOf(shown: Place, prefixes: readonly string[], called: Place): number {
  const served = prefixes.filter((prefix) => called.number.startsWith(prefix)).map((prefix) => prefix.length);
  if (served.length > 0) return 1000 + Math.max(...served);
  if (shown.code === undefined || shown.code !== called.code) return 0;
  if (shown.area && called.area) {
    if (shown.area.area === called.area.area) return 500;
    const { region } = shown.area;
    return region !== null && region === called.area.region ? 400 : 100;
  }
  if (shown.area || called.area) return 100;
  return 100 + sharedDigits(shown.number, called.number);
}
