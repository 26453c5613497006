declare module "../../kernel/tables.ts" {
  interface Tables {
    idempotency_keys: IdempotencyKeysTable;
  }
}

export interface IdempotencyKeysTable {
  user_id: number;
  key: string;
  request_hash: Buffer;
  /** Null while the request is being carried out. */
  status: number | null;
  body: string | null;
  at: Date;
}
