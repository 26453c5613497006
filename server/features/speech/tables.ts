import type { SpeechConfig } from "../../../shared/speech.ts";
import type { Json } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    speech_config: {
      id: true;
      config: Json<SpeechConfig>;
      api_key: string | null;
      updated_at: Date;
      updated_by: number | null;
    };
  }
}
