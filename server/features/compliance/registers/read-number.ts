import { parsePhone } from "../../../kernel/phone-number.ts";

/**
 * The number on a line of a register's file, as digits with country code; undefined: there is none. Read: one number
 * a line, CSV whose first field is the number, and `212,5550100` as the federal registry of the United States
 * writes it. A number with `+` or `00` is taken as it stands: a register may list what is not assigned.
 */
export function readRegisterNumber(line: string, country: string): string | undefined {
  const fields = line.split(/[,;\t|]/, 2);
  let text = fields[0]!.replaceAll(/["'\s().-]/g, "");
  const second = fields[1]?.replaceAll(/["'\s-]/g, "") ?? "";
  if (country === "US" && /^\d{3}$/.test(text) && /^\d{7}$/.test(second)) text += second;
  const international = /^(?:\+|00)([1-9]\d{6,14})$/.exec(text);
  if (international) return international[1];
  if (!/^\d{4,15}$/.test(text)) return undefined;
  return parsePhone(text, country)?.e164.slice(1);
}
