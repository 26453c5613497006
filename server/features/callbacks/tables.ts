import type { Generated } from "kysely";
import type { CallbackState } from "../../../shared/callbacks.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    callbacks: {
      id: Generated<number>;
      lead_id: number | null;
      customer_id: number | null;
      campaign_id: number | null;
      call_id: string | null;
      phone: string;
      /** null: anybody of the campaign. */
      user_id: number | null;
      /** When the next try is made. */
      due_at: Date;
      /** As it was agreed. */
      promised_at: Date;
      /** The person's; null: unknown. */
      time_zone: string | null;
      promised_by: number | null;
      note: Generated<string>;
      state: Generated<CallbackState>;
      /** 0 as agreed, 1 the team, 2 the supervisors. */
      level: Generated<number>;
      tries: Generated<number>;
      reminded_at: Date | null;
      /** The reminder rests until then. */
      snoozed_until: Date | null;
      closed_at: Date | null;
      closed_by: number | null;
      close_reason: string | null;
      created_at: Generated<Date>;
    };
  }
}
