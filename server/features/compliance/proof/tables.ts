import type { ColumnType, Generated } from "kysely";

declare module "../../../kernel/tables.ts" {
  interface Tables {
    unsealed_decisions: { decision_id: number };
    decision_seals: {
      id: Generated<number>;
      at: Date;
      decision_ids: ColumnType<number[], number[], never>;
      row_hashes: Buffer;
      previous_hash: Buffer;
      hash: Buffer;
    };
  }
}
