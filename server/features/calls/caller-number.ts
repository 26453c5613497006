import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** What a carrier wrote, without control characters, which no table or page takes, and cut to so many characters. */
export const plainText = (text: string, most: number): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(0, most);

/**
 * A number as a carrier wrote it, in E.164 as far as it can be read in the trunk's country. Text with letters stays what it
 * is: digits that stand in it are nobody's number.
 */
export function callerNumber(written: string, country: string): string {
  const text = plainText(written, 100);
  if (!/^\+?[\d\s().-]+$/.test(text)) return text;
  return (
    parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false })?.number ??
    text
  );
}
