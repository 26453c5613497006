import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    recordings: {
      id: string;
      call_id: string;
      path: string;
      state: RecordingState;
      started_at: Date;
      duration_ms: number | null;
      bytes: number | null;
      sha256: string | null;
      error: string | null;
      archive_path: Defaulted<string | null>;
      archive_bytes: Defaulted<number | null>;
      archive_sha256: Defaulted<string | null>;
      archived_at: Defaulted<Date | null>;
      archive_tries: Defaulted<number>;
      archive_error: Defaulted<string | null>;
      original_deleted_at: Defaulted<Date | null>;
      erase_at: Defaulted<Date | null>;
    };
  }
}

export type RecordingState = "recording" | "done" | "recovered" | "failed" | "deleted";
