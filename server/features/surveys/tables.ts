import type { ColumnType, Generated } from "kysely";
import type { SurveyEnd, SurveyQuestion, SurveyWhen } from "../../../shared/surveys.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    surveys: {
      id: Generated<number>;
      name: string;
      language: "zh" | "en";
      questions: ColumnType<SurveyQuestion[], string, string>;
      thanks: string;
      deleted_at: Date | null;
    };
    survey_uses: {
      survey_id: number;
      queue_id: number | null;
      campaign_id: number | null;
      asked_when: SurveyWhen;
    };
    survey_results: {
      id: Generated<number>;
      survey_id: number;
      call_id: string;
      agent_user_id: number | null;
      queue_id: number | null;
      campaign_id: number | null;
      asked_at: Date;
      how: SurveyEnd;
      answers: ColumnType<number[], string, string>;
    };
  }
}
