import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Form, Input, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type BarringInput, barringRules } from "../../../shared/barring.ts";
import { aroundTheClock } from "../../../shared/week.ts";
import { roles } from "../../../shared/permissions.ts";
import { api } from "../../lib/api.ts";
import { useAct } from "../../ui/use-act.ts";
import { HoursEditor } from "../campaigns/edit/hours-editor.tsx";

interface Fields {
  items: BarringInput[];
}
const newRule = { action: "bar", prefixes: [], roles: [], hours: null, enabled: true };

/** Who may not call what, in the order in which the rules are looked at. */
export function BarringCard({ items }: Fields) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useAct((fields: Fields) => api.put("/barring", barringRules, fields), {
    stale: [["barring"]],
    said: t("common.saved"),
  });
  return (
    <Card title={t("callRules.barring")}>
      <p>{t("callRules.barringHelp")}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ items }}
        onFinish={() => save.mutate(form.getFieldsValue(true))}
      >
        <Form.List name="items">
          {(fields, { add, remove }) => (
            <Flex vertical gap={16}>
              {fields.map(({ key, name }) => (
                <Card key={key} size="small">
                  <Flex gap="0 16px" wrap align="start">
                    <Form.Item
                      name={[name, "name"]}
                      label={t("callRules.name")}
                      rules={[{ required: true, max: 60 }]}
                    >
                      <Input />
                    </Form.Item>
                    <Form.Item name={[name, "action"]} label={t("callRules.action")}>
                      <Radio.Group
                        optionType="button"
                        options={["bar", "allow"].map((value) => ({
                          value,
                          label: t(`callRules.actions.${value}`),
                        }))}
                      />
                    </Form.Item>
                    <Form.Item
                      name={[name, "prefixes"]}
                      label={t("callRules.prefixes")}
                      rules={[
                        { required: true },
                        {
                          type: "array",
                          defaultField: { pattern: /^\+\d{0,14}$/, message: t("callRules.prefixRule") },
                        },
                      ]}
                    >
                      <Select mode="tags" tokenSeparators={[",", " "]} style={{ minWidth: 180 }} />
                    </Form.Item>
                    <Form.Item name={[name, "roles"]} label={t("callRules.roles")}>
                      <Select
                        mode="multiple"
                        placeholder={t("callRules.everybody")}
                        style={{ minWidth: 180 }}
                        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
                      />
                    </Form.Item>
                    <Form.Item
                      name={[name, "enabled"]}
                      label={t("callRules.enabled")}
                      valuePropName="checked"
                    >
                      <Switch />
                    </Form.Item>
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t("callRules.remove")}
                      onClick={() => remove(name)}
                    />
                  </Flex>
                  <Form.Item noStyle shouldUpdate>
                    {() => {
                      const hours: unknown = form.getFieldValue(["items", name, "hours"]);
                      return (
                        <>
                          <Flex gap={8} align="center">
                            <Switch
                              size="small"
                              checked={hours != null}
                              aria-label={t("callRules.hours")}
                              onChange={(on) =>
                                form.setFieldValue(["items", name, "hours"], on ? aroundTheClock : null)
                              }
                            />
                            {t("callRules.hours")}
                          </Flex>
                          <Form.Item name={[name, "hours"]} hidden={hours == null}>
                            <HoursEditor />
                          </Form.Item>
                        </>
                      );
                    }}
                  </Form.Item>
                </Card>
              ))}
              <Flex gap={8}>
                <Button icon={<PlusOutlined />} onClick={() => add(newRule)}>
                  {t("callRules.add")}
                </Button>
                <Button type="primary" htmlType="submit" loading={save.isPending}>
                  {t("common.save")}
                </Button>
              </Flex>
            </Flex>
          )}
        </Form.List>
      </Form>
    </Card>
  );
}
