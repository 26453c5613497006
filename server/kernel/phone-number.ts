import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { isUsAreaCode, zoneOf, zoneOfCountry, zonesOf } from "./phone-zone.ts";

export interface PhoneNumber {
  /** `+` and 3 to 15 digits. */
  e164: string;
  country: string;
  /** IANA zone where it is; see phone-zone.ts. */
  timeZone: string;
}

const chineseMobile = /^(?:\+?86|0086)?(1(?:[38]\d|4[57]|5[0-35-9]|6[25-7]|7[0-35-8]|9[0135-9])\d{8})$/;
const american = /^(?:\+?1)?(([2-9]\d\d)[2-9]\d{6})$/;
/** What people put between the digits; anything else is left to the library. */
const separators = /[\s().-]+/g;

/**
 * The forms that most rows of a list have, at a tenth of the library's cost (0.4 µs to 10 µs a number). It may
 * only say what the library says, which a test holds over many numbers; whatever it is not sure of it leaves alone.
 */
function parseFast(text: string, country: string): PhoneNumber | undefined {
  const digits = text.replaceAll(separators, "");
  if (country === "CN") {
    const mobile = chineseMobile.exec(digits);
    if (mobile) return { e164: `+86${mobile[1]}`, country: "CN", timeZone: zoneOfCountry("CN") };
  }
  if (country === "US") {
    const number = american.exec(digits);
    if (number && isUsAreaCode(number[2]!))
      return { e164: `+1${number[1]}`, country: "US", timeZone: zoneOf("US", number[1]!) };
  }
  return undefined;
}

export function isCountry(country: string): boolean {
  return isSupportedCountry(country);
}

/**
 * Reads a number as people write it: in the national form of `country` (ISO 3166-1 alpha-2), or with `+` or the
 * international prefix. Full-width digits will do. undefined: no number of any country.
 */
export function parsePhone(text: string, country: string): PhoneNumber | undefined {
  if (text.length > 60) return undefined;
  const fast = parseFast(text, country);
  if (fast) return fast;
  const number = parsePhoneNumberFromString(text, {
    defaultCountry: country as CountryCode,
    extract: false,
  });
  if (!number?.isValid()) return undefined;
  const found = number.country ?? number.getPossibleCountries()[0] ?? country;
  return { e164: number.number, country: found, timeZone: zoneOf(found, number.nationalNumber) };
}

/** Country and every zone of an E.164 number. A number of nobody's plan: no country, no zones. */
export function placeOf(e164: string): { country: string; timeZones: readonly string[] } {
  const mobile = e164.startsWith("+86") ? chineseMobile.exec(e164) : null;
  if (mobile) return { country: "CN", timeZones: [zoneOfCountry("CN")] };
  const us = e164.startsWith("+1") ? american.exec(e164) : null;
  if (us && isUsAreaCode(us[2]!)) return { country: "US", timeZones: zonesOf("US", us[1]!) };
  const number = parsePhoneNumberFromString(e164, { extract: false });
  const country = number?.country ?? number?.getPossibleCountries()[0];
  if (!number || !country) return { country: "", timeZones: [] };
  return { country, timeZones: zonesOf(country, number.nationalNumber) };
}

export type NumberKind = "mobile" | "home" | "work" | "other";

/**
 * What kind of number this E.164 number is by the plan of its country. A fixed line counts as `home`; the numbers of
 * companies (freephone, shared cost, universal access, VoIP) as `work`; where mobile and fixed numbers look alike,
 * as in North America, `mobile`.
 */
export function kindOfNumber(e164: string): NumberKind {
  if (chineseMobile.test(e164)) return "mobile";
  const us = e164.startsWith("+1") ? american.exec(e164) : null;
  if (us && isUsAreaCode(us[2]!)) return "mobile";
  switch (parsePhoneNumberFromString(e164)?.getType()) {
    case "MOBILE":
    case "FIXED_LINE_OR_MOBILE":
      return "mobile";
    case "FIXED_LINE":
      return "home";
    case "TOLL_FREE":
    case "SHARED_COST":
    case "UAN":
    case "VOIP":
    case "PREMIUM_RATE":
      return "work";
    default:
      return "other";
  }
}

const digitGroups = (written: string): string[] => written.match(/\d+/g) ?? [];

/**
 * The digits of a number in the groups it is written in: as people of `country` write it, and one of another country with
 * its calling code apart. undefined: no number of any country.
 */
export function phoneGroups(
  text: string,
  country: string,
): { groups: string[]; countryCode?: string } | undefined {
  if (text.length > 60) return undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });
  if (!number?.isValid()) return undefined;
  if (number.country === country) return { groups: digitGroups(number.formatNational()) };
  const [countryCode = "", ...groups] = digitGroups(number.formatInternational());
  return { groups, countryCode };
}
