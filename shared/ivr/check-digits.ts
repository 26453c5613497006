/** Whether keyed digits can be what they are asked for. Pure. */
export const digitChecks = ["none", "identity", "luhn", "phone"] as const;
export type DigitCheck = (typeof digitChecks)[number];

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Citizen identification number of 18 characters: GB 11643-1999, whose check digit is ISO 7064 MOD 11-2. */
function isIdentity(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)];
  const born = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(born.getTime()) || born.getUTCDate() !== Number(day)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return "10X98765432"[sum % 11] === text[17];
}

/** ISO/IEC 7812-1 Annex B: bank cards, many contract numbers. */
function isLuhn(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = Number(text[text.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return text.length > 1 && sum % 10 === 0;
}

export function passesCheck(check: DigitCheck, digits: string): boolean {
  switch (check) {
    case "none":
      return true;
    case "identity":
      return isIdentity(digits);
    case "luhn":
      return isLuhn(digits);
    case "phone":
      return /^\d{7,15}$/.test(digits);
  }
}

/** Keys as characters: the star stands for the X that an identity number may end with. */
export const characterOf = (check: DigitCheck, key: string): string | undefined =>
  /^\d$/.test(key) ? key : check === "identity" && key === "*" ? "X" : undefined;
