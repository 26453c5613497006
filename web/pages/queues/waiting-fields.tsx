import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Col, Flex, Form, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import { flowKeys } from "../../../shared/message-flow.ts";
import { waitingAct } from "../../../shared/queues.ts";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";
import { usePrompts, useSounds } from "../sounds/sound-api.ts";
import { useQueues, useUserOptions } from "./queue-api.ts";
import { TargetInput } from "./target-input.tsx";

const acts = ["callback", "voicemail", "queue", "number", "overflow"] as const;

interface Named {
  id: number;
  name: string;
}
const optionsOf = (rows: readonly Named[] | undefined) =>
  (rows ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** Which key does what. */
function Choices({ id }: { id: number | null }) {
  const { t } = useTranslation();
  const users = useUserOptions();
  const chosen: { key?: string }[] = Form.useWatch(["waiting", "choices"]) ?? [];
  const queues = optionsOf(useQueues().data?.items.filter((queue) => queue.id !== id));
  const taken = new Set(chosen.map((choice) => choice?.key));
  const next = flowKeys.find((key) => !taken.has(key));
  return (
    <Form.List name={["waiting", "choices"]}>
      {(fields, { add, remove }) => (
        <Form.Item label={t("waiting.choices")} extra={t("waiting.choicesHelp")}>
          <Flex vertical gap={8}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, "key"]} noStyle>
                  <Select
                    aria-label={t("waiting.key")}
                    style={{ width: 72 }}
                    options={flowKeys.map((value) => ({
                      value,
                      label: value,
                      disabled: taken.has(value) && chosen[name]?.key !== value,
                    }))}
                  />
                </Form.Item>
                <Form.Item
                  name={[name, "act"]}
                  rules={[fits(waitingAct, t("queues.numberRule"))]}
                  style={{ marginBottom: 0, flex: 1 }}
                >
                  <TargetInput types={acts} label={t("waiting.does")} queues={queues} users={users} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("common.remove")}
                  onClick={() => remove(name)}
                />
              </Flex>
            ))}
            {next && fields.length < 6 && (
              <Button
                type="dashed"
                icon={<PlusOutlined />}
                onClick={() => add({ key: next, act: { type: "callback" } })}
              >
                {t("waiting.addChoice")}
              </Button>
            )}
          </Flex>
        </Form.Item>
      )}
    </Form.List>
  );
}

/** How a caller is called back who keeps the place; nothing without such a key. */
function Callback() {
  const { t } = useTranslation();
  const choices: { act?: { type?: string } }[] = Form.useWatch(["waiting", "choices"]) ?? [];
  const hidden = !choices.some((choice) => choice?.act?.type === "callback");
  return (
    <div hidden={hidden}>
      <Form.Item
        name={["waiting", "callback", "first"]}
        label={t("waiting.first")}
        extra={t("waiting.firstHelp")}
      >
        <Select
          options={(["agent", "customer"] as const).map((value) => ({
            value,
            label: t(`waiting.firstIs.${value}`),
          }))}
        />
      </Form.Item>
      <Row gutter={16}>
        <Col xs={24} sm={8}>
          <NumberItem name={["waiting", "callback", "tries"]} label={t("waiting.tries")} min={1} max={10} />
        </Col>
        <Col xs={24} sm={8}>
          <NumberItem
            name={["waiting", "callback", "minutesBetween"]}
            label={t("waiting.between")}
            min={1}
            max={1440}
            suffix="min"
          />
        </Col>
        <Col xs={24} sm={8}>
          <NumberItem
            name={["waiting", "callback", "hours"]}
            label={t("waiting.expires")}
            min={1}
            max={168}
            suffix="h"
          />
        </Col>
      </Row>
    </div>
  );
}

/** What callers hear and can do while they wait. */
export function WaitingFields({ id }: { id: number | null }) {
  const { t } = useTranslation();
  const prompts = optionsOf(usePrompts().data?.items);
  const sounds = optionsOf(useSounds().data?.items);
  const languages = (["zh", "en"] as const).map((value) => ({
    value,
    label: t(`waiting.languages.${value}`),
  }));
  return (
    <>
      <Row gutter={16}>
        <Col xs={24} sm={12}>
          <Form.Item name={["waiting", "greetingPromptId"]} label={t("waiting.greeting")}>
            <Select allowClear placeholder={t("waiting.noGreeting")} options={prompts} />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name={["waiting", "musicSoundId"]} label={t("waiting.music")}>
            <Select allowClear placeholder={t("waiting.ownMusic")} options={sounds} />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item
            name={["waiting", "promptIds"]}
            label={t("waiting.prompts")}
            extra={t("waiting.promptsHelp")}
          >
            <Select mode="multiple" placeholder={t("waiting.noPrompts")} options={prompts} />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <NumberItem
            name={["waiting", "everySeconds"]}
            label={t("waiting.every")}
            min={5}
            max={600}
            suffix="s"
          />
        </Col>
        <Col xs={24} sm={8}>
          <SwitchItem name={["waiting", "tellsPlace"]} label={t("waiting.tellsPlace")} />
        </Col>
        <Col xs={24} sm={8}>
          <SwitchItem
            name={["waiting", "tellsWait"]}
            label={t("waiting.tellsWait")}
            tooltip={t("waiting.tellsWaitHelp")}
          />
        </Col>
        <Col xs={24} sm={8}>
          <Form.Item name={["waiting", "language"]} label={t("waiting.language")}>
            <Select allowClear placeholder={t("waiting.callersLanguage")} options={languages} />
          </Form.Item>
        </Col>
      </Row>
      <Choices id={id} />
      <Callback />
    </>
  );
}
