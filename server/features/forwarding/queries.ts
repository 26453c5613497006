import { type Forwarding, forwarding, type ForwardingInput } from "../../../shared/forwarding.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { directNumbers } from "../numbers/index.ts";
import "./tables.ts";

/** Who never set anything is called and not forwarded. */
export async function forwardingOf(db: Db, userId: number): Promise<Forwarding> {
  const row = await db.selectFrom("forwarding").selectAll().where("user_id", "=", userId).executeTakeFirst();
  const [direct] = await directNumbers(db, userId);
  const directNumber = direct?.directNumber ?? null;
  if (!row) return forwarding.parse({ directNumber });
  return {
    directNumber,
    doNotDisturb: row.do_not_disturb,
    always: row.always,
    outOfHours: row.out_of_hours,
    busy: row.busy,
    noAnswer: row.no_answer,
    noAnswerSeconds: row.no_answer_seconds,
    hours: row.hours,
  };
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

export async function saveForwarding(
  tx: Tx,
  userId: number,
  input: ForwardingInput,
  at: Date,
): Promise<void> {
  const row = {
    user_id: userId,
    do_not_disturb: input.doNotDisturb,
    always: json(input.always),
    out_of_hours: json(input.outOfHours),
    busy: json(input.busy),
    no_answer: json(input.noAnswer),
    no_answer_seconds: input.noAnswerSeconds,
    hours: json(input.hours),
    updated_at: at,
  };
  await tx
    .insertInto("forwarding")
    .values(row)
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
    .execute();
}
