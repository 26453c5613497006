import type { ColumnType, Generated } from "kysely";
import type { ScriptDocument, ScriptKind } from "../../../shared/scripts.ts";
import type { Defaulted, Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    scripts: {
      id: Generated<number>;
      name: string;
      kind: ScriptKind;
      draft: Json<ScriptDocument>;
      revision: Defaulted<number>;
      version_id: number | null;
      created_by: number | null;
      created_at: Defaulted<Date>;
      updated_at: Defaulted<Date>;
      archived_at: Date | null;
    };
    script_versions: {
      id: Generated<number>;
      script_id: number;
      number: number;
      document: ColumnType<ScriptDocument, string, never>;
      note: Defaulted<string>;
      published_by: number | null;
      published_at: Date;
    };
    script_walks: {
      call_id: string;
      script_id: number;
      version_id: number;
      page_id: string;
      trail: string[];
      complete: boolean | null;
      started_at: Date;
      updated_at: Date;
    };
    script_answers: {
      call_id: string;
      question: string;
      value: Json<unknown>;
      on_path: boolean;
      answered_at: Date;
      answered_by: number | null;
    };
  }
}
