import type { Generated } from "kysely";
import type { SmsState } from "../../../shared/sms.ts";
import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    sms_messages: {
      id: Generated<number>;
      phone: string;
      body: string;
      call_id: string | null;
      state: Defaulted<SmsState>;
      created_at: Date;
      expires_at: Date;
      ended_at: Date | null;
      tries: Defaulted<number>;
      last_error: string | null;
    };
  }
}
