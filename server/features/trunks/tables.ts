import type { Generated } from "kysely";
import type { Defaulted, Json } from "../../kernel/tables.ts";
import type {
  diversionHeaders,
  identityHeaders,
  numberFormats,
  trunkAuths,
  trunkCodecs,
  trunkSrtpModes,
  trunkTransports,
} from "../../../shared/trunks.ts";

export interface TrunksTable {
  id: Generated<number>;
  name: string;
  enabled: Defaulted<boolean>;
  position: Defaulted<number>;
  host: string;
  port: number | null;
  transport: Defaulted<(typeof trunkTransports)[number]>;
  tls_verify: Defaulted<boolean>;
  tls_ca: string | null;
  srtp: Defaulted<(typeof trunkSrtpModes)[number]>;
  auth: Defaulted<(typeof trunkAuths)[number]>;
  username: string | null;
  password: string | null;
  domain: string | null;
  register_expires_seconds: Defaulted<number>;
  codecs: Defaulted<(typeof trunkCodecs)[number][]>;
  max_channels: Defaulted<number>;
  max_calls_per_second: Defaulted<number>;
  number_format: Defaulted<(typeof numberFormats)[number]>;
  dial_prefix: Defaulted<string>;
  country: string;
  caller_ids: Defaulted<string[]>;
  inbound_hosts: Defaulted<string[]>;
  identity_header: Defaulted<(typeof identityHeaders)[number]>;
  diversion_header: Defaulted<(typeof diversionHeaders)[number]>;
  trust_identity: Defaulted<boolean>;
  withhold_number: Defaulted<boolean>;
  canary_number: string | null;
  canary_minutes: Defaulted<number>;
  simulated: Defaulted<boolean>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}

export interface TrunkTestsTable {
  id: Generated<number>;
  trunk_id: number;
  at: Defaulted<Date>;
  number: string;
  verdict: string;
  result: Json<Record<string, unknown>>;
  by_user_id: number | null;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    trunks: TrunksTable;
    trunk_tests: TrunkTestsTable;
  }
}
