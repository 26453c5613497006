import { type RuleSet, ruleSet } from "../../../../shared/rule-packs.ts";

export const emptyRules: RuleSet = ruleSet.parse({});

/** All rules of all sets: each holds, so the stricter wins by itself. */
export function together(sets: readonly RuleSet[]): RuleSet {
  return {
    hours: sets.flatMap((set) => set.hours),
    attempts: sets.flatMap((set) => set.attempts),
    abandon: sets.flatMap((set) => set.abandon),
    minRing: sets.flatMap((set) => set.minRing),
    locks: sets.flatMap((set) => set.locks),
    consent: sets.flatMap((set) => set.consent),
    registers: sets.flatMap((set) => set.registers),
  };
}
