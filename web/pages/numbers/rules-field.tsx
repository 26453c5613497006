import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RouteRule, routeRule } from "../../../shared/numbers.ts";
import { PlaceButtons } from "../../ui/form/place-buttons.tsx";
import { fits } from "../../ui/form/rules.ts";
import { noConditions } from "./number-api.ts";
import { firstTarget, TargetInput, type TargetOptions, useTargetWords } from "./target-input.tsx";
import { WhenInput } from "./when-input.tsx";

interface Fields {
  rules: RouteRule[];
}

function RulesForm({
  rules,
  options,
  onSave,
  onClose,
}: Fields & { options: TargetOptions; onSave: (rules: RouteRule[]) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  return (
    <Modal
      open
      width={880}
      title={t("numbers.rules")}
      okText={t("numbers.takeRules")}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t("numbers.rulesHelp")}</Typography.Paragraph>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ rules }}
        onFinish={() => {
          const all = (form.getFieldsValue(true) as Fields).rules;
          onSave(all.map((rule) => routeRule.parse(rule)));
        }}
      >
        <Form.List name="rules">
          {(fields, { add, remove, move }) => (
            <Flex vertical gap={12}>
              {fields.map(({ key, name }) => (
                <Card key={key} size="small">
                  <Flex gap="0 16px" wrap align="start">
                    <Form.Item
                      name={[name, "name"]}
                      label={t("numbers.ruleName")}
                      rules={[{ required: true, max: 60 }]}
                      style={{ flex: 1, minWidth: 200 }}
                    >
                      <Input />
                    </Form.Item>
                    <Form.Item
                      name={[name, "target"]}
                      label={t("numbers.leadsTo")}
                      rules={[
                        { required: true, message: t("numbers.targetRule") },
                        fits(routeRule.shape.target, t("queues.numberRule")),
                      ]}
                    >
                      <TargetInput options={options} />
                    </Form.Item>
                    <PlaceButtons
                      name={t("numbers.rule", { number: name + 1 })}
                      first={name === 0}
                      last={name === fields.length - 1}
                      onMove={(step) => move(name, name + step)}
                      onRemove={() => remove(name)}
                    />
                  </Flex>
                  <Form.Item
                    name={[name, "when"]}
                    label={t("numbers.when")}
                    style={{ marginBottom: 0 }}
                    rules={[fits(routeRule.shape.when, t("numbers.whenRule"))]}
                  >
                    <WhenInput />
                  </Form.Item>
                </Card>
              ))}
              <Button
                type="dashed"
                icon={<PlusOutlined />}
                onClick={() => add({ name: "", when: noConditions, target: firstTarget(options) })}
              >
                {t("numbers.addRule")}
              </Button>
            </Flex>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}

interface Props {
  value?: RouteRule[];
  onChange?: (rules: RouteRule[]) => void;
  options: TargetOptions;
}

/** The rules of a number in their order, each with where it leads; changed in a form over the page. */
export function RulesField({ value = [], onChange, options }: Props) {
  const { t } = useTranslation();
  const words = useTargetWords(options);
  const [editing, setEditing] = useState(false);
  return (
    <Flex vertical gap={2} align="start">
      {value.map((rule, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a rule is its place
        <Typography.Text key={index}>
          {index + 1}. {rule.name} → {words(rule.target)}
        </Typography.Text>
      ))}
      <Button onClick={() => setEditing(true)}>
        {value.length === 0 ? t("numbers.addRules") : t("numbers.editRules")}
      </Button>
      {editing && (
        <RulesForm
          rules={value}
          options={options}
          onSave={(rules) => {
            onChange?.(rules);
            setEditing(false);
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </Flex>
  );
}
