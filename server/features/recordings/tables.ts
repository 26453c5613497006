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
    };
  }
}

export type RecordingState = "recording" | "done" | "recovered" | "failed" | "deleted";
