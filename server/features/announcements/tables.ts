import type { Generated } from "kysely";
import type { AnnouncementCause } from "../../../shared/announcements.ts";
import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    announcements: AnnouncementsTable;
    early_media: { call_id: string; path: string; duration_ms: number; at: Date };
  }
}

export interface AnnouncementsTable {
  id: Generated<number>;
  name: string;
  cause: AnnouncementCause;
  enabled: Defaulted<boolean>;
  audio: Buffer;
  duration_ms: number;
  words: Buffer;
  hits: Defaulted<number>;
  last_heard_at: Date | null;
  created_by: number | null;
  created_at: Defaulted<Date>;
}
