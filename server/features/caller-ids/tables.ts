import type { ColumnType, Generated } from "kysely";
import type { DriftAlarm, Rotation } from "../../../shared/caller-ids.ts";
import type { Defaulted } from "../../kernel/tables.ts";

export interface CallerIdPoolsTable {
  id: Generated<number>;
  name: string;
  note: string;
  rotation: Rotation;
  local_presence: boolean;
  sticky: boolean;
  max_per_hour: number | null;
  max_per_day: number | null;
  fallback: string | null;
  alarm_p: number;
  rest_on_alarm: boolean;
  rest_days: number;
  turn: Defaulted<number>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}

export interface CallerIdsTable {
  number: string;
  pool_id: number;
  enabled: boolean;
  max_per_hour: number | null;
  max_per_day: number | null;
  prefixes: string[];
  rest_until: Date | null;
  turn: Defaulted<number>;
  watched_since: Defaulted<Date>;
  alarm: ColumnType<DriftAlarm | null, string | null | undefined, string | null>;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    caller_id_pools: CallerIdPoolsTable;
    caller_ids: CallerIdsTable;
    caller_id_uses: { number: string; hour: Date; dials: number };
    caller_id_hours: { number: string; campaign_id: number; hour: Date; rated: number; answered: number };
  }
}
