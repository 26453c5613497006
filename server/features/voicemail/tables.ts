import type { ColumnType, Generated } from "kysely";
import type { BoxCallOut } from "../../../shared/voicemail.ts";
import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    voicemail_boxes: {
      id: Generated<number>;
      user_id: number | null;
      name: string | null;
      greeting_ms: Defaulted<number | null>;
      longest_seconds: Defaulted<number>;
      most_messages: Defaulted<number>;
      keep_days: Defaulted<number>;
      email: Defaulted<string>;
      email_sound: Defaulted<boolean>;
      call_out: ColumnType<BoxCallOut | null, string | null | undefined, string | null>;
      number: Defaulted<string | null>;
      pin_hash: Defaulted<string | null>;
      pin_failures: Defaulted<number>;
      pin_locked_until: Defaulted<Date | null>;
    };
    voicemail_keepers: { box_id: number; user_id: number };
    voicemail_messages: {
      id: string;
      box_id: number;
      call_id: string;
      phone: string;
      name: string;
      left_at: Date;
      heard_at: Defaulted<Date | null>;
      deleted_at: Defaulted<Date | null>;
      assigned_to: Defaulted<number | null>;
      transcript: Defaulted<string | null>;
      transcript_state: Defaulted<"waiting" | "failed" | null>;
      transcript_tries: Defaulted<number>;
      transcript_due_at: Defaulted<Date | null>;
      transcript_error: Defaulted<string | null>;
      noticed_at: Defaulted<Date | null>;
      called_out_at: Defaulted<Date | null>;
    };
    voicemail_call_outs: {
      box_id: number;
      state: "due" | "calling" | "given-up";
      tries: Defaulted<number>;
      due_at: Date;
      call_id: Defaulted<string | null>;
      last_result: Defaulted<string | null>;
    };
  }
}
