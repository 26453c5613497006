/** Numbers in English, as they are spoken in the United States. */
const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const groups = ["", " thousand", " million", " billion", " trillion", " quadrillion"];

/** Digits and letters one after another. */
export const enSigns = (signs: string): string =>
  Array.from(signs, (sign) => small[Number(sign)] ?? sign).join(" ");

function belowHundred(value: number): string {
  if (value < 20) return value > 0 ? small[value]! : "";
  return tens[Math.floor(value / 10)]! + (value % 10 > 0 ? `-${small[value % 10]}` : "");
}

function group(value: number): string {
  const hundreds = value >= 100 ? `${small[Math.floor(value / 100)]} hundred` : "";
  return [hundreds, belowHundred(value % 100)].filter(Boolean).join(" ");
}

/** A whole number of at most 18 digits. */
export function enWhole(whole: string): string {
  if (!/[1-9]/u.test(whole)) return "zero";
  const values = whole
    .padStart(3 * groups.length, "0")
    .match(/\d{3}/gu)!
    .map(Number);
  const words = values.map((value, index) => (value > 0 ? group(value) + groups.at(-1 - index)! : ""));
  return words.filter(Boolean).join(" ");
}

const ordinals: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** 21 → twenty-first. */
export const enOrdinal = (whole: string): string =>
  enWhole(whole).replace(
    /[a-z]+$/u,
    (last) => ordinals[last] ?? (last.endsWith("y") ? `${last.slice(0, -1)}ieth` : `${last}th`),
  );

/** 1905 → nineteen oh five, 2005 → two thousand five, 2026 → twenty twenty-six. */
export function enYear(year: number): string {
  const [high, low] = [Math.floor(year / 100), year % 100];
  if (high === 20 && low < 10) return enWhole(String(year));
  const end = low === 0 ? "hundred" : low < 10 ? `oh ${small[low]}` : belowHundred(low);
  return `${belowHundred(high)} ${end}`;
}

/** 14:05 → two oh five p.m.; noon and midnight by name. */
export function enTime(hour: number, minute: number): string {
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? "midnight" : "noon";
  const past = minute === 0 ? "" : minute < 10 ? ` oh ${small[minute]}` : ` ${belowHundred(minute)}`;
  return `${small[hour % 12 || 12]}${past} ${hour < 12 ? "a.m." : "p.m."}`;
}

/** `1 minute`, `2 minutes`, in words. */
export const enCount = (count: string | number, one: string, many = `${one}s`): string =>
  `${enWhole(String(count))} ${String(count) === "1" ? one : many}`;
