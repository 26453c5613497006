import type { ColumnType } from "kysely";
import type { SavedPolicy } from "./predictive/policy.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    pacing_states: {
      campaign_id: number;
      /** `2026-11-20`; written so, read by a cast to text. */
      day: ColumnType<Date, string, string>;
      state: ColumnType<SavedPolicy, string, string>;
      saved_at: Date;
    };
  }
}
