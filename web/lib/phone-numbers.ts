import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
  type CountryCode,
} from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import { currentLanguage } from "./i18n/index.ts";

/** E.164 of what a person typed in the form of `country`, or null when it cannot be a number. */
export function readTyped(typed: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}

/** A mobile number of the country, for examples. */
export function exampleNumber(country: string): string {
  return getExampleNumber(country as CountryCode, examples)?.number ?? "+8613812345678";
}

/** How a trunk would write a called number (as `switch/numbers.ts` does). */
export function asTrunkWrites(
  number: string,
  trunk: { numberFormat: string; dialPrefix: string; country: string },
): string {
  if (trunk.numberFormat === "e164") return trunk.dialPrefix + number;
  if (trunk.numberFormat === "digits") return trunk.dialPrefix + number.slice(1);
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return trunk.dialPrefix + number.slice(1);
  if (parsed.country !== undefined && parsed.country !== trunk.country)
    return `${trunk.dialPrefix}00${number.slice(1)}`;
  return trunk.dialPrefix + parsed.formatNational().replaceAll(/\D/g, "");
}

/** Every country with its name in the page's language and its calling code, by name. */
export function countryOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(currentLanguage() === "zh" ? "zh-CN" : "en", { type: "region" });
  return getCountries()
    .map((code) => ({ value: code, label: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .sort((a, b) => a.label.localeCompare(b.label, currentLanguage()));
}
