import type { Generated } from "kysely";

declare module "../../kernel/tables.ts" {
  interface Tables {
    inbound_routes: {
      id: Generated<number>;
      phone: string | null;
      trunk_id: number | null;
      /** One of these is set. */
      queue_id: number | null;
      flow_id: number | null;
      user_id: number | null;
      voicemail_user_id: number | null;
      box_id: number | null;
    };
  }
}
