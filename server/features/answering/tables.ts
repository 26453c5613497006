import type { ColumnType } from "kysely";
import type { AnswerClass, AnswerReason, CallVerdict } from "../../../shared/answering.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    answer_verdicts: {
      call_id: string;
      campaign_id: number | null;
      trunk_id: number | null;
      at: Date;
      class: AnswerClass;
      reason: AnswerReason;
      probability: number;
      decided_ms: number;
      model: string;
      features: ColumnType<Record<string, number>, string, string>;
      sampled: boolean;
      truth: AnswerClass | null;
      truth_source: CallVerdict["truthSource"];
      truth_by: number | null;
      truth_at: Date | null;
    };
  }
}
