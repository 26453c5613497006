import type { Generated } from "kysely";
import type { TokenScope } from "../../../shared/auth.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    sessions: SessionsTable;
    api_tokens: ApiTokensTable;
  }
}

interface SessionsTable {
  token_hash: Buffer;
  user_id: number;
  address: string;
  user_agent: string;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
}

export interface ApiTokensTable {
  id: Generated<number>;
  user_id: number;
  name: string;
  scope: TokenScope;
  token_hash: Buffer;
  prefix: string;
  created_at: Date;
  used_at: Date | null;
  expires_at: Date | null;
}
