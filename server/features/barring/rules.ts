import type { BarringRule } from "../../../shared/barring.ts";
import { isOpen } from "../../../shared/hours.ts";
import type { Role } from "../../../shared/permissions.ts";

export interface BarredFacts {
  /** E.164. */
  phone: string;
  /** Of who calls; null: dialled by itself. */
  role: Role | null;
  at: number;
  /** The company's, IANA. */
  timeZone: string;
}

/** The rule that bars a call, if one does: the first that fits decides. Pure. */
export function barredBy(
  rules: readonly BarringRule[],
  { phone, role, at, timeZone }: BarredFacts,
): BarringRule | undefined {
  const first = rules.find(
    (rule) =>
      rule.enabled &&
      rule.prefixes.some((prefix) => phone.startsWith(prefix)) &&
      (rule.roles.length === 0 || (role !== null && rule.roles.includes(role))) &&
      (rule.hours === null || isOpen(rule.hours, at, timeZone)),
  );
  return first?.action === "bar" ? first : undefined;
}
