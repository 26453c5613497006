import type { ColumnType, Generated } from "kysely";
import type { WeekHours } from "../../../shared/campaigns.ts";
import type { Role } from "../../../shared/permissions.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    barring_rules: {
      id: Generated<number>;
      position: number;
      name: string;
      action: "bar" | "allow";
      prefixes: string[];
      roles: Role[];
      hours: ColumnType<WeekHours | null, string | null, string | null>;
      enabled: boolean;
    };
  }
}
