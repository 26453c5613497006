import type { PhoneKind } from "../../../shared/after-call.ts";
import { phoneKinds } from "../../../shared/customers.ts";
import { kindOfNumber } from "../../kernel/phone-number.ts";

const known = new Set<string>(phoneKinds);

/** The kind of each number: what the list says (in the same order), else what the number itself tells. */
export function kindsOf(phones: readonly string[], stored: readonly string[]): PhoneKind[] {
  return phones.map((phone, index) => {
    const kind = stored[index];
    return kind !== undefined && known.has(kind) ? (kind as PhoneKind) : kindOfNumber(phone);
  });
}

/** The kind of a lead's first number, as it stands in `leads.number_kind`. */
export const numberKindOf = (phone: string, stored: readonly string[]): PhoneKind =>
  kindsOf([phone], stored)[0]!;
