import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Col, Flex, Form, Input, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type SurveyDetail, surveyInput, type SurveyWhen } from "../../../shared/surveys.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { useQueues } from "../queues/queue-api.ts";
import { usePrompts } from "../sounds/sound-api.ts";
import { saveSurvey, surveysKey } from "./survey-api.ts";

/** As it is filled in: places by how they ask. */
interface Fields extends Omit<SurveyDetail, "id" | "uses"> {
  places: Record<SurveyWhen, string[]>;
}

const whens = ["after", "agent"] as const;

const fieldsOf = ({ uses, ...survey }: Omit<SurveyDetail, "id">): Fields => {
  const of = (when: SurveyWhen) =>
    uses
      .filter((use) => use.when === when)
      .map(({ queueId, campaignId }) => (queueId === null ? `campaign-${campaignId}` : `queue-${queueId}`));
  return { ...survey, places: { after: of("after"), agent: of("agent") } };
};

const inputOf = ({ places, ...survey }: Fields) =>
  surveyInput.parse({
    ...survey,
    thanks: survey.thanks ?? "",
    questions: survey.questions.map((question) => ({
      ...question,
      promptId: question.promptId ?? null,
      onlyUpTo: question.onlyUpTo ?? null,
    })),
    uses: whens.flatMap((when) =>
      (places[when] ?? []).map((place) => {
        const [kind, id] = place.split("-");
        return { when, [kind === "queue" ? "queueId" : "campaignId"]: Number(id) };
      }),
    ),
  });

function Question({ name, index }: { name: number; index: number }) {
  const { t } = useTranslation();
  const prompts = (usePrompts().data?.items ?? []).map(({ id, name: label }) => ({ value: id, label }));
  return (
    <>
      <Form.Item
        name={[name, "text"]}
        label={t("surveys.text")}
        extra={index === 0 ? t("surveys.textHelp") : undefined}
        rules={[{ required: true, max: 500 }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <Row gutter={16}>
        <Col xs={24} sm={index === 0 ? 12 : 8}>
          <Form.Item name={[name, "promptId"]} label={t("surveys.prompt")}>
            <Select allowClear placeholder={t("surveys.spoken")} options={prompts} />
          </Form.Item>
        </Col>
        <Col xs={12} sm={index === 0 ? 6 : 5}>
          <NumberItem name={[name, "min"]} label={t("surveys.lowest")} min={0} max={9} />
        </Col>
        <Col xs={12} sm={index === 0 ? 6 : 5}>
          <NumberItem name={[name, "max"]} label={t("surveys.highest")} min={0} max={9} />
        </Col>
        {index > 0 && (
          <Col xs={24} sm={6}>
            <NumberItem
              name={[name, "onlyUpTo"]}
              label={t("surveys.onlyUpTo")}
              min={0}
              max={9}
              placeholder={t("surveys.always")}
            />
          </Col>
        )}
      </Row>
    </>
  );
}

function Questions() {
  const { t } = useTranslation();
  return (
    <Form.List name="questions">
      {(fields, { add, remove }) => (
        <Flex vertical gap={12} style={{ marginBottom: 16 }}>
          {fields.map(({ key, name }, index) => (
            <Card
              key={key}
              size="small"
              title={t("surveys.questionNumber", { number: index + 1 })}
              extra={
                index > 0 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("common.remove")}
                    onClick={() => remove(name)}
                  />
                )
              }
            >
              <Question name={name} index={index} />
            </Card>
          ))}
          {fields.length < 3 && (
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => add({ text: "", promptId: null, min: 1, max: 5, onlyUpTo: 3 })}
            >
              {t("surveys.addQuestion")}
            </Button>
          )}
        </Flex>
      )}
    </Form.List>
  );
}

/** Where it is asked: queues and campaigns, by how. */
function Places() {
  const { t } = useTranslation();
  const queues = (useQueues().data?.items ?? []).map(({ id, name }) => ({
    value: `queue-${id}`,
    label: name,
  }));
  const campaigns = (useCampaigns({ page: 1, pageSize: 500 }).data?.items ?? []).map(({ id, name }) => ({
    value: `campaign-${id}`,
    label: name,
  }));
  return whens.map((when) => (
    <Form.Item
      key={when}
      name={["places", when]}
      label={t(`surveys.when.${when}`)}
      extra={t(`surveys.whenHelp.${when}`)}
    >
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: "label" }}
        options={[
          { label: t("surveys.queues"), options: queues },
          { label: t("surveys.campaigns"), options: campaigns },
        ]}
      />
    </Form.Item>
  ));
}

/** A survey: its questions, and where they are asked. */
export function SurveyForm({ survey, onClose }: { survey: SurveyDetail | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct((fields: Fields) => saveSurvey(survey?.id ?? null, inputOf(fields)), {
    stale: [surveysKey],
    said: t("common.saved"),
    onDone: onClose,
  });
  const initial = fieldsOf(
    survey ?? {
      name: "",
      language: currentLanguage(),
      questions: [{ text: t("surveys.firstText"), promptId: null, min: 1, max: 5, onlyUpTo: null }],
      thanks: t("surveys.firstThanks"),
      uses: [],
    },
  );
  return (
    <ModalForm<Fields>
      title={survey?.name ?? t("surveys.add")}
      width={720}
      initialValues={initial}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Row gutter={16}>
        <Col xs={24} sm={16}>
          <Form.Item name="name" label={t("surveys.survey")} rules={[{ required: true, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
        </Col>
        <Col xs={24} sm={8}>
          <Form.Item name="language" label={t("surveys.language")}>
            <Select
              options={(["zh", "en"] as const).map((value) => ({
                value,
                label: t(`waiting.languages.${value}`),
              }))}
            />
          </Form.Item>
        </Col>
      </Row>
      <Questions />
      <Form.Item name="thanks" label={t("surveys.thanks")} rules={[{ max: 300 }]}>
        <Input />
      </Form.Item>
      <Places />
    </ModalForm>
  );
}
