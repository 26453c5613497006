import type { ColumnType, Generated } from "kysely";

type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

declare module "../../../kernel/tables.ts" {
  interface Tables {
    registers: {
      id: Generated<number>;
      name: string;
      kind: "file" | "service";
      key: string | null;
      campaign_id: number | null;
      when_unknown: Generated<"refuse" | "allow">;
      expires_at: Date | null;
      load: Generated<number>;
      loaded: Generated<number>;
      loaded_at: Date | null;
      numbers: Generated<number>;
      invalid: Generated<number>;
      file_name: string | null;
      state: Generated<"empty" | "loading" | "ready" | "failed">;
      error: MaybeJson<{ code: string; detail: Record<string, unknown> }>;
      url: string | null;
      auth_header: string | null;
      timeout_ms: Generated<number>;
      cache_minutes: Generated<number>;
      created_by: number | null;
      created_at: Generated<Date>;
      removed_at: Date | null;
    };
    register_answers: { register_id: number; phone: number; listed: boolean; asked_at: Date };
  }
}
