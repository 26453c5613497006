import type { Generated } from "kysely";
import type { Defaulted, Json } from "../../kernel/tables.ts";
import type { phoneKinds } from "../../../shared/customers.ts";

export interface CustomersTable {
  id: Generated<number>;
  name: Defaulted<string>;
  organisation: Defaulted<string>;
  email: string | null;
  note: Defaulted<string>;
  time_zone: string | null;
  vip: Defaulted<number>;
  fields: Json<Record<string, string>>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}

export interface CustomerPhonesTable {
  phone: string;
  customer_id: number;
  kind: Defaulted<(typeof phoneKinds)[number]>;
  position: Defaulted<number>;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    customers: CustomersTable;
    customer_phones: CustomerPhonesTable;
  }
}
