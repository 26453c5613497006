import type { Generated } from "kysely";
import type { DiaryAct } from "../../../shared/diary.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    diary_entries: {
      id: Generated<number>;
      user_id: number;
      kind: "appointment" | "call";
      title: string;
      note: Generated<string>;
      starts_at: Date;
      ends_at: Date;
      /** E.164; of a call. */
      phone: string | null;
      customer_id: number | null;
      campaign_id: number | null;
      time_zone: string | null;
      remind_before_ms: Generated<number>;
      snoozed_until: Date | null;
      reminded_at: Date | null;
      state: Generated<"waiting" | "done" | "cancelled">;
      call_id: string | null;
      closed_at: Date | null;
      close_reason: string | null;
      created_at: Generated<Date>;
    };
    diary_history: {
      id: Generated<number>;
      callback_id: number | null;
      entry_id: number | null;
      at: Date;
      by_user_id: number | null;
      act: DiaryAct;
      from_user_id: number | null;
      to_user_id: number | null;
      from_at: Date | null;
      to_at: Date | null;
      why: Generated<string>;
    };
  }
}
