/** A number as it is written, digit by digit: no rounding of binary fractions, no lost digits. */
export interface Decimal {
  negative: boolean;
  /** Without leading zeros; `0` at least. */
  whole: string;
  /** As written; empty: none. */
  fraction: string;
}

const written = /^([-−+]?)([\d,]*)(?:\.(\d+))?$/u;
/** So many digits have names; longer numbers are read digit by digit. */
const mostDigits = 16;

/** `-12,345.60` and full-width digits alike; undefined: no number, or one too long to be named. */
export function decimalOf(text: string): Decimal | undefined {
  const found = written.exec(text.normalize("NFKC").replaceAll(/\s/gu, ""));
  const digits = found?.[2]?.replaceAll(",", "") ?? "";
  const fraction = found?.[3] ?? "";
  if (!found || digits + fraction === "") return undefined;
  const whole = digits.replace(/^0+(?=\d)/u, "") || "0";
  if (whole.length > mostDigits || fraction.length > mostDigits) return undefined;
  const isZero = !/[1-9]/u.test(whole + fraction);
  return { negative: !isZero && found[1] !== "" && found[1] !== "+", whole, fraction };
}

/** Rounded half up to hundredths: units, and hundredths from 0 to 99. */
export function hundredths({ whole, fraction }: Decimal): { units: string; part: number } {
  const up = Number(fraction[2] ?? "0") >= 5 ? 1n : 0n;
  const all = BigInt(whole + fraction.slice(0, 2).padEnd(2, "0")) + up;
  return { units: String(all / 100n), part: Number(all % 100n) };
}
