import type { ColumnType, Generated } from "kysely";

declare module "../../kernel/tables.ts" {
  interface Tables {
    audit_log: AuditLogTable;
  }
}

interface AuditLogTable {
  id: Generated<number>;
  at: Date;
  actor_id: number | null;
  actor: string;
  address: string;
  action: string;
  noun: string;
  noun_id: string;
  /** Written as text, read as an object; `detail::text` is the text as written. */
  detail: ColumnType<Record<string, unknown>, string, never>;
  previous_hash: Buffer;
  hash: Buffer;
}
