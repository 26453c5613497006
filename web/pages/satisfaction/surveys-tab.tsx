import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyDetail } from "../../../shared/surveys.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { surveysKey, useSurveys } from "./survey-api.ts";
import { SurveyForm } from "./survey-form.tsx";

/** What is asked, and where. */
export function SurveysTab() {
  const { t } = useTranslation();
  const query = useSurveys();
  const may = useCan("queues.manage");
  const [editing, setEditing] = useState<SurveyDetail | "new" | null>(null);
  const remove = useDelete((id: number) => api.delete(`/surveys/${id}`), { stale: [surveysKey] });
  const columns: TableColumnsType<SurveyDetail> = [
    {
      title: t("surveys.survey"),
      render: (_, survey) =>
        may ? (
          <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setEditing(survey)}>
            {survey.name}
          </Button>
        ) : (
          survey.name
        ),
    },
    { title: t("surveys.question"), render: (_, { questions }) => questions[0]?.text },
    {
      title: t("surveys.places"),
      align: "right",
      render: (_, { uses }) => t("surveys.usedIn", { count: uses.length }),
    },
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("surveys.deleteTitle", { name })}
          help={t("surveys.deleteHelp")}
          onDelete={() => remove.ask(id)}
        />
      ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {may && (
        <Flex>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {t("surveys.add")}
          </Button>
        </Flex>
      )}
      <DataTable
        label={t("surveys.surveys")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("surveys.none")} />}
      />
      {editing && <SurveyForm survey={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Flex>
  );
}
