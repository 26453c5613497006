import type { Defaulted, Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    settings: SettingsTable;
  }
}

interface SettingsTable {
  key: string;
  value: Json<unknown>;
  updated_at: Defaulted<Date>;
  updated_by: number | null;
}
