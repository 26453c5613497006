import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** E.164 of a number as it is dialled in this country; null: it is none that could be called back. */
export function dialledNumber(digits: string, country: string): string | null {
  const number = parsePhoneNumberFromString(digits, country as CountryCode);
  return number?.isPossible() ? number.number : null;
}
