import { useTranslation } from "react-i18next";
import type { SurveyDetail } from "../../../shared/surveys.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { surveysKey, useSurveys } from "./survey-api.ts";
import { SurveyForm } from "./survey-form.tsx";

/** What is asked, and where. */
export function SurveysTab() {
  const { t } = useTranslation();
  const remove = useDelete((id: number) => api.delete(`/surveys/${id}`), { stale: [surveysKey] });
  return (
    <NamedTable<SurveyDetail>
      label={t("surveys.surveys")}
      query={useSurveys()}
      may={useCan("queues.manage")}
      words={{
        name: t("surveys.survey"),
        add: t("surveys.add"),
        none: t("surveys.none"),
        deleteHelp: t("surveys.deleteHelp"),
      }}
      columns={[
        { title: t("surveys.question"), render: (_, { questions }) => questions[0]?.text },
        {
          title: t("surveys.places"),
          align: "right",
          render: (_, { uses }) => t("surveys.usedIn", { count: uses.length }),
        },
      ]}
      onDelete={remove.ask}
      renderForm={(survey, close) => <SurveyForm survey={survey} onClose={close} />}
    />
  );
}
