import i18next from "i18next";
import { withheldPhone } from "../../shared/common.ts";

/** Country calling codes of two digits (ITU-T E.164 annex); 1 and 7 have one, all others three. */
const twoDigits = new Set(
  (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 " +
    "81 82 84 86 90 91 92 93 94 95 98"
  ).split(" "),
);

function codeLength(digits: string): number {
  if (digits.startsWith("1") || digits.startsWith("7")) return 1;
  return twoDigits.has(digits.slice(0, 2)) ? 2 : 3;
}

/** Groups of four from the right, the remainder first: 13800138000 → 138 0013 8000. */
function grouped(digits: string): string {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.unshift(rest.slice(-4));
    rest = rest.slice(0, -4);
  }
  if (rest.length === 1 && groups.length > 0) groups[0] = rest + groups[0];
  else groups.unshift(rest);
  return groups.join(" ");
}

/** E.164 in readable groups; masked digits (`*`) stay, and a withheld number is said to be one. Anything else comes back as it is. */
export function formatPhone(phone: string): string {
  if (phone === withheldPhone) return i18next.t("common.withheld");
  if (!/^\+\d[\d*]{5,14}$/.test(phone)) return phone;
  const digits = phone.slice(1);
  const length = codeLength(digits);
  const national = digits.slice(length);
  const body =
    length === 1 && national.length === 10
      ? `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
      : grouped(national);
  return `+${digits.slice(0, length)} ${body}`;
}
