import type { Generated } from "kysely";
import type { CalendarDay } from "../../../shared/calendars.ts";
import type { Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    calendars: { id: Generated<number>; name: string; days: Json<CalendarDay[]> };
  }
}
