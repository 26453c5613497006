/** The rules in memory, and who is barred by them. */
import type { BarringInput, BarringRule } from "../../../shared/barring.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { readSettings } from "../settings/index.ts";
import { listRules, replaceRules, rolesOf } from "./queries.ts";
import { barredBy } from "./rules.ts";

/** A call that is to be placed, and who asks for it; null: it is dialled by itself. */
export interface Wanted {
  callId: string;
  phone: string;
  userId: number | null;
}

export interface Barring {
  rules(): Promise<readonly BarringRule[]>;
  save(rules: readonly BarringInput[]): Promise<void>;
  /** Of these calls, which are barred, by the name of the rule. */
  check(tx: Tx, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, string>>;
}

export function createBarring({ database, clock }: { database: Database; clock: Clock }): Barring {
  let known: Promise<readonly BarringRule[]> | undefined;

  function rules(): Promise<readonly BarringRule[]> {
    if (known) return known;
    const reading = listRules(database.db);
    known = reading;
    reading.catch(() => (known = undefined));
    return reading;
  }

  return {
    rules,
    async save(input) {
      await database.transact((tx) => replaceRules(tx, input));
      known = undefined;
    },
    async check(tx, wanted) {
      const all = await rules();
      const found = new Map<string, string>();
      if (all.length === 0) return found;
      const [{ timeZone }, roles] = [
        await readSettings(tx),
        await rolesOf(
          tx,
          wanted.flatMap(({ userId }) => userId ?? []),
        ),
      ];
      for (const { callId, phone, userId } of wanted) {
        const role = userId === null ? null : (roles.get(userId) ?? null);
        const rule = barredBy(all, { phone, role, at: clock.now(), timeZone });
        if (rule) found.set(callId, rule.name);
      }
      return found;
    },
  };
}
