import type { GreetingRule } from "../../../shared/greetings.ts";
import type { Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    greeting_rules: { id: true; rules: Json<GreetingRule[]>; updated_at: Date; updated_by: number | null };
  }
}
