import { sql } from "kysely";
import type { ConsentInput } from "../../../../shared/consents.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import "../tables.ts";

/** All numbers of a lead or a customer. */
export async function numbersOf(
  db: Db,
  who: { leadId?: number | undefined; customerId?: number | undefined },
): Promise<string[]> {
  const { rows } = await sql<{ phone: string }>`
    select phone from customer_phones where customer_id = ${who.customerId ?? null}
    union select phone from leads where id = ${who.leadId ?? null}
    union select unnest(more_phones) from leads where id = ${who.leadId ?? null}`.execute(db);
  return rows.map((row) => row.phone);
}

export function consentsOf(db: Db, phones: readonly string[]) {
  return db
    .selectFrom("consents")
    .leftJoin("users", "users.id", "consents.created_by")
    .selectAll("consents")
    .select("users.name as by_name")
    .where("consents.phone", "=", sql<string>`any(${phones}::text[])`)
    .orderBy("given_at", "desc")
    .orderBy("consents.id", "desc")
    .limit(500)
    .execute();
}

export async function insertConsent(
  tx: Tx,
  input: Omit<ConsentInput, "phone"> & { phone: string },
  userId: number | null,
): Promise<number> {
  const customer = await tx
    .selectFrom("customer_phones")
    .select("customer_id")
    .where("phone", "=", input.phone)
    .executeTakeFirst();
  const row = await tx
    .insertInto("consents")
    .values({
      phone: input.phone,
      customer_id: customer?.customer_id ?? null,
      kinds: input.kinds,
      purposes: input.purposes,
      form: input.form,
      source: input.source,
      proof: input.proof,
      recording_call_id: input.recordingCallId,
      given_at: new Date(input.givenAt),
      expires_at: input.expiresAt === null ? null : new Date(input.expiresAt),
      created_by: userId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** undefined: there is none, or it is withdrawn already. */
export async function withdrawConsent(
  tx: Tx,
  id: number,
  { at, userId, reason }: { at: Date; userId: number | null; reason: string },
): Promise<{ phone: string } | undefined> {
  return tx
    .updateTable("consents")
    .set({ withdrawn_at: at, withdrawn_by: userId, withdrawn_reason: reason })
    .where("id", "=", id)
    .where("withdrawn_at", "is", null)
    .returning("phone")
    .executeTakeFirst();
}

/** Headers of columns that carry consent, in the languages of the interface. */
const proofKeys = ["consent", "同意", "同意凭证"];
const atKeys = ["consent at", "consent_at", "consent date", "同意时间", "同意日期"];
const formKeys = ["consent form", "consent_form", "同意形式"];
const written = ["written", "书面"];

/**
 * Makes consents of what an import's consent columns say: words of proof, when (ISO 8601 or a date; the import's time
 * if it cannot be read), and whether written. A number that has the same proof already gets none. Returns how many.
 */
export async function consentsOfImport(tx: Tx, importId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with said as (
      select l.phone, l.customer_id, i.created_by, i.started_at, btrim(proof.value) as proof, btrim(at.value) as at,
        lower(btrim(coalesce(form.value, ''))) as form
      from imports i join leads l on l.id between i.first_lead_id and i.last_lead_id and l.import_id = i.id
        cross join lateral (
          select value from jsonb_each_text(l.fields) where lower(key) = any(${proofKeys}::text[]) limit 1
        ) as proof
        left join lateral (
          select value from jsonb_each_text(l.fields) where lower(key) = any(${atKeys}::text[]) limit 1
        ) as at on true
        left join lateral (
          select value from jsonb_each_text(l.fields) where lower(key) = any(${formKeys}::text[]) limit 1
        ) as form on true
      where i.id = ${importId} and i.state = 'done' and btrim(proof.value) <> ''
        and lower(btrim(proof.value)) not in ('0', 'no', 'false', 'n', '否', '无')
    )
    insert into consents (phone, customer_id, form, source, proof, given_at, created_by)
    select phone, customer_id, case when form = any(${written}::text[]) then 'written' else 'express' end, 'import',
      proof, case when pg_input_is_valid(at, 'timestamptz') then at::timestamptz else started_at end, created_by
    from said s
    where not exists (select from consents c where c.phone = s.phone and c.source = 'import' and c.proof = s.proof)
    returning id`.execute(tx);
  return rows.length;
}
