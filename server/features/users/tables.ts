import type { Generated } from "kysely";
import type { Language } from "../../../shared/common.ts";
import type { Role } from "../../../shared/permissions.ts";
import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    org_units: OrgUnitsTable;
    users: UsersTable;
  }
}

interface OrgUnitsTable {
  id: Generated<number>;
  parent_id: number | null;
  name: string;
  created_at: Defaulted<Date>;
}

export interface UsersTable {
  id: Generated<number>;
  login: string;
  name: string;
  role: Role;
  org_unit_id: number | null;
  extension: string | null;
  locale: Defaulted<Language>;
  password_hash: string;
  must_change_password: Defaulted<boolean>;
  password_changed_at: Defaulted<Date>;
  active: Defaulted<boolean>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}
