import type { ColumnType } from "kysely";
import type { Abandonment, AgentlessSettings } from "../../../shared/broadcasts.ts";

type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

declare module "../../kernel/tables.ts" {
  interface Tables {
    campaign_messages: {
      campaign_id: number;
      agentless: MaybeJson<AgentlessSettings>;
      abandonment: MaybeJson<Abandonment>;
      updated_at: ColumnType<Date, Date | undefined>;
    };
    campaign_prompts: { campaign_id: number; prompt_id: number };
  }
}
