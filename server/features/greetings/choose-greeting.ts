import type { Language } from "../../../shared/common.ts";
import type { GreetingPlace, GreetingRule } from "../../../shared/greetings.ts";
import { isOpen } from "../../../shared/hours.ts";

/** What is known of a caller. */
export interface Greeted {
  where: GreetingPlace;
  language: Language;
  /** Null: nobody we know. */
  customerId: number | null;
  vip: number;
  fields: Readonly<Record<string, string>>;
  /** When a callback is promised to them next. */
  appointmentAt: Date | null;
}

/** The first rule that holds for this caller now; pure. `timeZone`: the company's. */
export function chooseGreeting(
  rules: readonly GreetingRule[],
  caller: Greeted,
  now: { atMs: number; timeZone: string },
): GreetingRule | undefined {
  return rules.find(({ on, where, when }) => {
    if (!on || !where.includes(caller.where)) return false;
    const { customer, language, vipFrom, hours, hasAppointment, field } = when;
    if (customer === "known" && caller.customerId === null) return false;
    if (typeof customer === "number" && caller.customerId !== customer) return false;
    if (language !== null && language !== caller.language) return false;
    if (caller.vip < vipFrom) return false;
    if (hours && !isOpen(hours, now.atMs, now.timeZone)) return false;
    if (hasAppointment && caller.appointmentAt === null) return false;
    if (!field) return true;
    const value = caller.fields[field.name]?.trim() ?? "";
    return field.value === "" ? value !== "" : value === field.value;
  });
}
