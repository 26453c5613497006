import type { ColumnType, Generated } from "kysely";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import type { Defaulted, Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    ivr_flows: {
      id: Generated<number>;
      name: string;
      draft: Json<IvrDocument>;
      revision: Defaulted<number>;
      version_id: number | null;
      created_by: number | null;
      created_at: Defaulted<Date>;
      updated_at: Defaulted<Date>;
      archived_at: Date | null;
    };
    ivr_versions: {
      id: Generated<number>;
      flow_id: number;
      number: number;
      document: ColumnType<IvrDocument, string, never>;
      note: Defaulted<string>;
      published_by: number | null;
      published_at: Date;
    };
    ivr_visits: {
      call_id: string;
      flow_id: number;
      version_id: number;
      block_id: string;
      kind: string;
      entered_at: Date;
      left_at: Date;
      exit: string;
    };
    ivr_databases: { id: Generated<number>; name: string; url: string; created_at: Defaulted<Date> };
    ivr_hosts: { host: string };
    ivr_facts: {
      call_id: string;
      flow_id: number;
      block_id: string;
      what: string;
      ok: boolean;
      tries: number;
      at: Date;
    };
    ivr_ratings: {
      call_id: string;
      flow_id: number;
      block_id: string;
      score: number;
      scale: number;
      rated_at: Date;
    };
  }
}
