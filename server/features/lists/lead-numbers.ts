/** A lead's numbers: in which order they are dialled and which are given up. Pure. */
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { Outcome } from "../../../shared/calls.ts";

/** How a number answered last, and how often in a row. `at` in ms. */
export interface NumberMemory {
  outcome: Outcome;
  inRow: number;
  at: number;
}
export type PhoneMemory = Record<string, NumberMemory>;

export interface LeadNumbers {
  /** E.164, as they stand on the list. */
  phones: readonly string[];
  /** Of each number. */
  kinds: readonly PhoneKind[];
  /** Never dialled again until a person edits the lead. */
  givenUp: readonly string[];
}

/** The numbers in dialling order: by kind as the campaign wants, else as on the list. */
export function inOrder({ phones, kinds }: LeadNumbers, order: readonly PhoneKind[]): string[] {
  const rank = (phone: string) => {
    const found = order.indexOf(kinds[phones.indexOf(phone)] ?? "other");
    return found < 0 ? order.length : found;
  };
  return phones.toSorted((a, b) => rank(a) - rank(b));
}

/** The first number to dial; null when all are given up. */
export function firstNumber(lead: LeadNumbers, order: readonly PhoneKind[]): string | null {
  return inOrder(lead, order).find((phone) => !lead.givenUp.includes(phone)) ?? null;
}

/** The number after `phone`, round and round; null when all are given up. */
export function numberAfter(phone: string, lead: LeadNumbers, order: readonly PhoneKind[]): string | null {
  const phones = inOrder(lead, order);
  const from = phones.indexOf(phone) + 1;
  const round = [...phones.slice(from), ...phones.slice(0, from)];
  return round.find((candidate) => !lead.givenUp.includes(candidate)) ?? null;
}

/** What is remembered of a number after another outcome. */
export function remember(before: NumberMemory | undefined, outcome: Outcome, at: number): NumberMemory {
  return { outcome, at, inRow: before?.outcome === outcome ? before.inRow + 1 : 1 };
}
