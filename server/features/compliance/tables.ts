import type { Generated } from "kysely";
import type { Json } from "../../kernel/tables.ts";
import type { DialFacts, Reason } from "./may-dial.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    do_not_call: {
      id: Generated<number>;
      phone: string;
      campaign_id: number | null;
      source: string;
      reason: Generated<string>;
      expires_at: Date | null;
      created_by: number | null;
      created_at: Generated<Date>;
    };
    decisions: {
      id: Generated<number>;
      call_id: string;
      at: Date;
      allowed: boolean;
      reasons: Json<Reason[]>;
      facts: Json<DialFacts>;
      rules_version: string;
    };
  }
}
