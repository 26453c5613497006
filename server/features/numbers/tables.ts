import type { Generated } from "kysely";
import type { RouteWhen } from "../../../shared/numbers.ts";
import type { Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    inbound_routes: {
      id: Generated<number>;
      phone: string | null;
      trunk_id: number | null;
      /** In the order in which they are looked at; of the default null. */
      position: number;
      rule: string | null;
      conditions: Json<RouteWhen> | null;
      /** Of the conditions. */
      calendar_id: number | null;
      /** One of these is set. */
      queue_id: number | null;
      flow_id: number | null;
      user_id: number | null;
      voicemail_user_id: number | null;
      box_id: number | null;
      prompt_id: number | null;
      to_phone: string | null;
      refuse: boolean | null;
    };
  }
}
