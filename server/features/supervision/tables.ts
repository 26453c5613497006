import type { ColumnType, Generated } from "kysely";
import type { FloorPreferences, MessageAudience, SupervisionAct } from "../../../shared/floor.ts";

type Json<T> = ColumnType<T, string, string>;

declare module "../../kernel/tables.ts" {
  interface Tables {
    supervisor_messages: {
      id: Generated<number>;
      at: Date;
      from_user_id: number;
      audience: Json<MessageAudience>;
      text: string;
      act: SupervisionAct | null;
      detail: Json<Record<string, unknown>>;
    };
    supervisor_message_recipients: {
      message_id: number;
      user_id: number;
      acknowledged_at: Date | null;
      reply: Generated<string>;
    };
    floor_preferences: { user_id: number; value: Json<FloorPreferences>; updated_at: Date };
  }
}
