import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Form, Input, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { e164 } from "../../../shared/common.ts";
import { type InboundRoute, inboundRoutes, numberTarget } from "../../../shared/numbers.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { fits } from "../../ui/form/rules.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { CalendarsTab } from "./calendars-tab.tsx";
import { routesKey, useInboundRoutes, useStrays } from "./number-api.ts";
import { RouteTester } from "./route-tester.tsx";
import { RulesField } from "./rules-field.tsx";
import { firstTarget, TargetInput, type TargetOptions, useTargetOptions } from "./target-input.tsx";

interface Fields {
  items: InboundRoute[];
}

function Rows({ items, may, options }: Fields & { may: boolean; options: TargetOptions }) {
  const { t } = useTranslation();
  const trunks = useTrunks();
  const save = useAct(
    ({ items: rows }: Fields) =>
      api.put(
        "/inbound-routes",
        inboundRoutes,
        inboundRoutes.parse({ items: rows.map((row) => ({ ...row, phone: row.phone || null })) }),
      ),
    { stale: [routesKey], said: t("common.saved") },
  );
  const trunkOptions = [
    { value: null, label: t("numbers.anyTrunk") },
    ...(trunks.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Form<Fields>
      layout="vertical"
      disabled={!may}
      initialValues={{ items }}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <Flex vertical gap={8}>
            <Strays
              {...(may && {
                onLead: (phone) => add({ phone, trunkId: null, rules: [], target: firstTarget(options) }),
              })}
            />
            {fields.length === 0 && <EmptyState text={t("numbers.none")} />}
            {fields.map(({ key, name }) => (
              <Flex key={key} gap="0 12px" wrap align="start" className="number-row">
                <Form.Item
                  name={[name, "phone"]}
                  label={t("numbers.number")}
                  dependencies={[["items", name, "trunkId"]]}
                  rules={[
                    fits(e164.nullable(), t("queues.numberRule")),
                    ({ getFieldValue }) => ({
                      validator: (_, phone) =>
                        phone || getFieldValue(["items", name, "trunkId"]) !== null
                          ? Promise.resolve()
                          : Promise.reject(new Error(t("numbers.numberOrTrunk"))),
                    }),
                  ]}
                >
                  <Input inputMode="tel" placeholder={t("numbers.any")} style={{ width: 200 }} />
                </Form.Item>
                <Form.Item name={[name, "trunkId"]} label={t("numbers.trunk")}>
                  <Select options={trunkOptions} style={{ minWidth: 180 }} />
                </Form.Item>
                <Form.Item
                  name={[name, "target"]}
                  label={t("numbers.leadsTo")}
                  dependencies={[["items", name, "rules"]]}
                  rules={[
                    fits(numberTarget, t("queues.numberRule")),
                    ({ getFieldValue }) => ({
                      validator: (_, target) =>
                        target || (getFieldValue(["items", name, "rules"]) as unknown[]).length > 0
                          ? Promise.resolve()
                          : Promise.reject(new Error(t("numbers.targetRule"))),
                    }),
                  ]}
                >
                  <TargetInput options={options} clearable />
                </Form.Item>
                <Form.Item name={[name, "rules"]} label={t("numbers.before")}>
                  <RulesField options={options} />
                </Form.Item>
                <Form.Item label=" " colon={false}>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("common.remove")}
                    onClick={() => remove(name)}
                  />
                </Form.Item>
              </Flex>
            ))}
            {may && (
              <Flex gap={8}>
                <Button
                  icon={<PlusOutlined />}
                  onClick={() =>
                    add({
                      phone: null,
                      trunkId: null,
                      rules: [],
                      target: firstTarget(options),
                    })
                  }
                >
                  {t("numbers.add")}
                </Button>
                <Button type="primary" htmlType="submit" loading={save.isPending}>
                  {t("common.save")}
                </Button>
              </Flex>
            )}
          </Flex>
        )}
      </Form.List>
    </Form>
  );
}

/** That calls came to numbers which lead nowhere, and a way to lead them. */
function Strays({ onLead }: { onLead?: (phone: string) => void }) {
  const { t } = useTranslation();
  const { data } = useStrays();
  if (!data?.items.length) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("numbers.strays")}
      description={data.items.map(({ phone, calls, lastAt }) => (
        <Flex key={phone} gap={12} wrap align="center">
          <span className="num">{formatPhone(phone)}</span>
          <span>{t("numbers.strayCalls", { count: calls, at: formatInstant(lastAt) })}</span>
          {onLead && (
            <Button size="small" onClick={() => onLead(phone)}>
              {t("numbers.leadIt")}
            </Button>
          )}
        </Flex>
      ))}
    />
  );
}

const keys = ["tab"] as const;

/** Which numbers lead where, by whom and when; and the calendars that rules go by. */
export function NumbersPage() {
  const { t } = useTranslation();
  const may = useCan("queues.manage");
  const query = useInboundRoutes();
  const options = useTargetOptions();
  const { values, set } = useUrlFilter(keys);
  return (
    <Page title={t("navigation.numbers")} help={t("numbers.help")}>
      <Tabs
        activeKey={values.tab ?? "numbers"}
        onChange={(tab) => set({ tab: tab === "numbers" ? null : tab })}
        items={[
          {
            key: "numbers",
            label: t("navigation.numbers"),
            children: (
              <Flex vertical gap={16}>
                <Card>
                  <Loaded query={query}>
                    {({ items }) => <Rows items={items} may={may} options={options} />}
                  </Loaded>
                </Card>
                {may && <RouteTester options={options} />}
              </Flex>
            ),
          },
          { key: "calendars", label: t("numbers.calendars"), children: <CalendarsTab /> },
        ]}
      />
    </Page>
  );
}
