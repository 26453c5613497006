import type { Tx } from "../../kernel/db.ts";

/** The customer with this number, made when nobody has it yet. */
export async function customerOfPhone(
  tx: Tx,
  person: { phone: string; name: string; timeZone: string },
): Promise<number> {
  const known = await tx
    .selectFrom("customer_phones")
    .select("customer_id")
    .where("phone", "=", person.phone)
    .executeTakeFirst();
  if (known) return known.customer_id;
  const { id } = await tx
    .insertInto("customers")
    .values({ name: person.name, time_zone: person.timeZone, fields: "{}", email: null })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("customer_phones")
    .values({ phone: person.phone, customer_id: id })
    .onConflict((conflict) => conflict.column("phone").doNothing())
    .execute();
  return id;
}
