import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import type { TrunkConfig } from "./switch.ts";

type Format = Pick<TrunkConfig, "numberFormat" | "dialPrefix" | "country">;

/**
 * A called number as this trunk wants it. `number` is E.164 (`+8613800138000`); short codes and extensions
 * (no `+`) pass as they are. Foreign numbers on a national trunk get the international prefix 00.
 */
export function formatCalled(trunk: Format, number: string): string {
  return trunk.dialPrefix + formatNumber(trunk, number);
}

/** Our caller ID as this trunk wants it: the same writing without the dial prefix. */
export function formatNumber(trunk: Format, number: string): string {
  if (!number.startsWith("+")) return number;
  if (trunk.numberFormat === "e164") return number;
  if (trunk.numberFormat === "digits") return number.slice(1);
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number.slice(1);
  if (parsed.country !== undefined && parsed.country !== trunk.country) return `00${number.slice(1)}`;
  return parsed.formatNational().replace(/\D/g, "");
}

/** The E.164 form of what a trunk wrote in From or To; what cannot be read (withheld, short codes) stays as it came. */
export function readNumber(trunk: Format, written: string): string {
  const digits = written.replace(/[\s().-]/g, "");
  if (!/^\+?\d+$/.test(digits)) return written;
  const raw = digits.startsWith("00") ? `+${digits.slice(2)}` : digits;
  // The trunk's own country first: 13800138000 is a mobile in China before it is +1 380….
  const readings = [raw, ...(raw.startsWith("+") ? [] : [`+${raw}`])].map((text) =>
    parsePhoneNumberFromString(text, trunk.country as CountryCode),
  );
  const best = readings.find((r) => r?.isValid()) ?? readings.find((r) => r?.isPossible());
  return best?.number ?? digits;
}
