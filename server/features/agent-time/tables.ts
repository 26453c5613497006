import type { Generated } from "kysely";

declare module "../../kernel/tables.ts" {
  interface Tables {
    shift_patterns: {
      id: Generated<number>;
      user_id: number | null;
      org_unit_id: number | null;
      /** 1 Monday to 7 Sunday. */
      weekday: number;
      starts: string;
      ends: string;
      /** JSON. */
      breaks: string;
      valid_from: string;
      valid_to: string | null;
    };
    shift_exceptions: {
      id: Generated<number>;
      user_id: number | null;
      org_unit_id: number | null;
      day: string;
      starts: string | null;
      ends: string | null;
      /** JSON. */
      breaks: string;
      note: string;
    };
  }
}
