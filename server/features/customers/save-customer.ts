import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import type { CustomerDetail, CustomerInput } from "../../../shared/customers.ts";
import { isTimeZone } from "../../../shared/hours.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import {
  type CustomerPhone,
  findCustomer,
  findCustomerByPhone,
  insertCustomer,
  phonesOfOthers,
  updateCustomer,
} from "./queries.ts";

export async function requireCustomer(db: Db, id: number): Promise<CustomerDetail> {
  const customer = await findCustomer(db, id);
  if (!customer) throw notFound("customer", id);
  return customer;
}

/** A masked number stands for the stored one it was made of. Errors: `phone-invalid` 422. */
function phonesOf(input: CustomerInput, country: string, before: readonly CustomerPhone[]): CustomerPhone[] {
  const stored = new Map(before.map(({ phone }) => [maskPhone(phone), phone]));
  const phones = input.phones.map(({ phone, kind }) => {
    const e164 = stored.get(phone) ?? parsePhone(phone, country)?.e164;
    if (e164 === undefined) throw invalid("phone-invalid", `${phone} is not a telephone number.`, { phone });
    return { phone: e164, kind };
  });
  return [...new Map(phones.map((phone) => [phone.phone, phone])).values()];
}

/** Errors: `phone-invalid`, `time-zone-unknown` 422; `phone-of-another-customer` 409 with `detail.customerId`. */
async function check(db: Db, input: CustomerInput, country: string, before?: CustomerDetail) {
  if (input.timeZone !== null && !isTimeZone(input.timeZone))
    throw invalid("time-zone-unknown", `There is no time zone ${input.timeZone}.`, {
      timeZone: input.timeZone,
    });
  const phones = phonesOf(input, country, before?.phones ?? []);
  const [taken] = await phonesOfOthers(
    db,
    phones.map(({ phone }) => phone),
    before?.id ?? 0,
  );
  if (taken)
    throw conflict("phone-of-another-customer", "This number belongs to another customer.", {
      customerId: taken.customerId,
    });
  return { ...input, phones };
}

/** `country`: of numbers written without `+`. */
export async function createCustomer(tx: Tx, input: CustomerInput, country: string): Promise<CustomerDetail> {
  return requireCustomer(tx, await insertCustomer(tx, await check(tx, input, country)));
}

export async function changeCustomer(
  tx: Tx,
  id: number,
  input: CustomerInput,
  country: string,
): Promise<CustomerDetail> {
  await updateCustomer(tx, id, await check(tx, input, country, await requireCustomer(tx, id)));
  return requireCustomer(tx, id);
}

export interface KnownPerson {
  name: string;
  /** E.164, the one that reached them first. */
  phones: readonly string[];
  timeZone: string | null;
  fields?: Record<string, string>;
}

/**
 * The customer behind a number: found, or made of what the lead says, at the first connected call. Two calls at
 * once with one person get the same customer.
 */
export async function ensureCustomer(tx: Tx, person: KnownPerson): Promise<number> {
  const [first] = person.phones;
  if (first === undefined) throw new Error("ensureCustomer needs a number");
  const known = await findCustomerByPhone(tx, first);
  if (known) return known.id;
  const id = await insertCustomer(tx, {
    name: person.name,
    organisation: "",
    email: null,
    note: "",
    timeZone: person.timeZone,
    vip: 0,
    fields: person.fields ?? {},
    phones: person.phones.map((phone) => ({ phone, kind: "other" })),
  });
  // Another transaction may have been first: its number stands, and ours waited for its commit.
  const owner = await findCustomerByPhone(tx, first);
  if (owner === undefined || owner.id === id) return id;
  await tx.deleteFrom("customers").where("id", "=", id).execute();
  return owner.id;
}
