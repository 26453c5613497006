import type { Generated } from "kysely";
import type { Language } from "../../../shared/common.ts";
import type { PromptPart } from "../../../shared/sounds.ts";
import type { Defaulted, Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    sounds: {
      id: Generated<number>;
      name: string;
      duration_ms: number;
      bytes: number;
      created_by: number | null;
      created_at: Defaulted<Date>;
    };
    prompts: {
      id: Generated<number>;
      name: string;
      language: Language;
      parts: Json<PromptPart[]>;
      created_by: number | null;
      created_at: Defaulted<Date>;
      updated_at: Defaulted<Date>;
    };
  }
}
