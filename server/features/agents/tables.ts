import type { Generated } from "kysely";

declare module "../../kernel/tables.ts" {
  interface Tables {
    agents: {
      user_id: number;
      state: string;
      since: Date;
      pause_reason_id: number | null;
      campaign_ids: number[];
      endpoint: "browser" | "phone";
      desk_id: string;
      call_id: string | null;
      leg_up: boolean;
      next: string | null;
      signed_in_at: Date;
    };
    agent_events: {
      id: Generated<number>;
      user_id: number;
      at: Date;
      state: string;
      pause_reason_id: number | null;
      call_id: string | null;
      cause: string;
    };
    pause_reasons: {
      id: Generated<number>;
      code: string;
      label: string;
      position: Generated<number>;
      archived: Generated<boolean>;
    };
    phones: {
      user_id: number;
      sip_user: string;
      ha1_md5: string;
      ha1_sha256: string;
      created_at: Generated<Date>;
    };
  }
}
