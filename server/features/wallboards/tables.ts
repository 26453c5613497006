import type { ColumnType, Generated } from "kysely";
import type { ScreenInput, Widget } from "../../../shared/wallboards.ts";
import type { Defaulted, Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    wallboards: {
      id: Generated<number>;
      name: string;
      unit_id: number | null;
      widgets: Json<Widget[]>;
      version: Defaulted<number>;
      updated_at: Date;
    };
    wall_screens: {
      id: Generated<number>;
      name: string;
      board_ids: number[];
      seconds: number;
      theme: ScreenInput["theme"];
      language: ScreenInput["language"];
      token_hash: string;
      seen_at: Date | null;
      created_at: ColumnType<Date, Date, never>;
    };
  }
}
