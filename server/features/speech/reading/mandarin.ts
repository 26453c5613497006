/**
 * Numbers in Mandarin, as they are spoken. 万 and 亿 group four digits; a gap of zeros is said once. Two is 两 before 千,
 * 万, 亿 and what is counted (两元, 两点), 二 before 十 and 百 and alone (GB/T 15835; 现代汉语八百词, 二 and 两).
 */
const digits = "零一二三四五六七八九".split("");
const units = ["", "十", "百", "千"];

/** Digits one after another. */
export const zhDigits = (text: string): string => Array.from(text, (sign) => digits[Number(sign)]!).join("");

function group(value: number): string {
  let text = "";
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit > 0) text += (digit === 2 && place === 3 ? "两" : digits[digit]!) + units[place]!;
    else if (text && !text.endsWith("零") && value % 10 ** place > 0) text += "零";
  }
  return text;
}

/** Two groups with a word between them. `limit`: what is below it leaves a gap. */
function joined(high: string, unit: string, low: number, lowText: string, limit: number): string {
  if (high === "") return lowText;
  const gap = low > 0 && low < limit ? "零" : "";
  return `${high === "二" ? "两" : high}${unit}${gap}${lowText}`;
}

function belowYi(value: number): string {
  const low = value % 10_000;
  return joined(group(Math.floor(value / 10_000)), "万", low, group(low), 1000);
}

/** A whole number of at most 16 digits, such as 10203 → 一万零二百零三. */
export function zhWhole(whole: string): string {
  if (!/[1-9]/u.test(whole)) return "零";
  const low = Number(whole.slice(-8));
  const text = joined(belowYi(Number(whole.slice(0, -8))), "亿", low, belowYi(low), 10_000_000);
  return text.replace(/^一十/u, "十");
}

/** So many of something: 2 is 两. */
export const zhCount = (whole: string | number): string =>
  String(whole) === "2" ? "两" : zhWhole(String(whole));

/** 幺 for one and pauses between groups, as people say telephone numbers and codes. */
export const zhSigns = (groups: readonly string[]): string =>
  groups
    .map((signs) =>
      Array.from(signs, (sign) => (sign === "1" ? "幺" : (digits[Number(sign)] ?? sign))).join(""),
    )
    .join("，");
