import { type Selectable, sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import type { Page } from "../../../shared/common.ts";
import type { CustomerDetail, CustomerFilter, CustomerRow, phoneKinds } from "../../../shared/customers.ts";
import type { CustomersTable } from "./tables.ts";

export interface CustomerPhone {
  phone: string;
  kind: (typeof phoneKinds)[number];
}
export interface CustomerValues {
  name: string;
  organisation: string;
  email: string | null;
  note: string;
  timeZone: string | null;
  vip: number;
  fields: Record<string, string>;
  /** E.164. */
  phones: CustomerPhone[];
}

function present(row: Selectable<CustomersTable>, phones: CustomerPhone[]): CustomerDetail {
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    email: row.email,
    phones,
    note: row.note,
    timeZone: row.time_zone,
    vip: row.vip,
    fields: row.fields,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

async function withPhones(db: Db, rows: Selectable<CustomersTable>[]): Promise<CustomerDetail[]> {
  if (rows.length === 0) return [];
  const phones = await db
    .selectFrom("customer_phones")
    .selectAll()
    .where(
      "customer_id",
      "in",
      rows.map((row) => row.id),
    )
    .orderBy("position")
    .execute();
  const byCustomer = Map.groupBy(phones, (phone) => phone.customer_id);
  return rows.map((row) =>
    present(
      row,
      (byCustomer.get(row.id) ?? []).map(({ phone, kind }) => ({ phone, kind })),
    ),
  );
}

export async function findCustomer(db: Db, id: number): Promise<CustomerDetail | undefined> {
  const rows = await db.selectFrom("customers").selectAll().where("id", "=", id).execute();
  return (await withPhones(db, rows))[0];
}

/** Whose number this is; `phone` in E.164. */
export async function findCustomerByPhone(db: Db, phone: string): Promise<CustomerDetail | undefined> {
  const rows = await db
    .selectFrom("customers")
    .selectAll()
    .where("id", "=", (eb) =>
      eb.selectFrom("customer_phones").select("customer_id").where("phone", "=", phone),
    )
    .execute();
  return (await withPhones(db, rows))[0];
}

const prefix = (text: string) => `${escapeLike(text.toLowerCase())}%`;

/**
 * Newest first. `search`: the beginning of a name, of an organisation, or of a number as stored (`+86138`), or a
 * whole number in `phone` (E.164). The count stops at 10,000.
 */
export async function listCustomers(
  db: Db,
  filter: CustomerFilter & { phone?: string | undefined },
): Promise<Page<CustomerRow>> {
  let query = db.selectFrom("customers");
  if (filter.search) {
    const like = prefix(filter.search);
    query = query.where("id", "in", (eb) =>
      eb
        .selectFrom("customers")
        .select("id")
        .where(sql`lower(name) collate "C"`, "like", like)
        .union(
          eb
            .selectFrom("customers")
            .select("id")
            .where(sql`lower(organisation) collate "C"`, "like", like),
        )
        .union(
          eb
            .selectFrom("customer_phones")
            .select("customer_id as id")
            .where((phone) =>
              phone.or([phone("phone", "=", filter.phone ?? ""), phone("phone", "like", like)]),
            ),
        ),
    );
  }
  const counted = await sql<{ n: number }>`select count(*) as n from (${query
    .select("id")
    .limit(10_000)}) as counted`.execute(db);
  const rows = await query
    .selectAll()
    .orderBy("id", "desc")
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute();
  return { items: await withPhones(db, rows), total: counted.rows[0]!.n };
}

const columnsOf = (values: CustomerValues) => ({
  name: values.name,
  organisation: values.organisation,
  email: values.email,
  note: values.note,
  time_zone: values.timeZone,
  vip: values.vip,
  fields: JSON.stringify(values.fields),
});

export async function insertCustomer(tx: Tx, values: CustomerValues): Promise<number> {
  const row = await tx
    .insertInto("customers")
    .values(columnsOf(values))
    .returning("id")
    .executeTakeFirstOrThrow();
  await saveCustomerPhones(tx, row.id, values.phones);
  return row.id;
}

export async function updateCustomer(tx: Tx, id: number, values: CustomerValues): Promise<void> {
  await tx
    .updateTable("customers")
    .set({ ...columnsOf(values), updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
  await saveCustomerPhones(tx, id, values.phones);
}

/** Replaces the customer's numbers; one that is another customer's stays theirs. */
async function saveCustomerPhones(tx: Tx, id: number, phones: readonly CustomerPhone[]): Promise<void> {
  await tx.deleteFrom("customer_phones").where("customer_id", "=", id).execute();
  if (phones.length === 0) return;
  await tx
    .insertInto("customer_phones")
    .values(phones.map(({ phone, kind }, position) => ({ phone, kind, position, customer_id: id })))
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Which of these numbers belong to a customer other than `exceptId`. */
export async function phonesOfOthers(
  db: Db,
  phones: readonly string[],
  exceptId: number,
): Promise<{ phone: string; customerId: number }[]> {
  if (phones.length === 0) return [];
  const rows = await db
    .selectFrom("customer_phones")
    .select(["phone", "customer_id"])
    .where("phone", "in", phones)
    .where("customer_id", "<>", exceptId)
    .execute();
  return rows.map((row) => ({ phone: row.phone, customerId: row.customer_id }));
}

export async function deleteCustomer(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("customers").where("id", "=", id).execute();
}
