import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { e164 } from "../../../shared/common.ts";
import { type InboundRoute, inboundRoutes, type NumberTarget } from "../../../shared/numbers.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { fits } from "../../ui/form/rules.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { TargetInput, useTargetOptions } from "./target-input.tsx";

const routesKey = ["inbound-routes"] as const;

interface Fields {
  items: (Omit<InboundRoute, "target"> & { target: NumberTarget | null })[];
}

function Rows({ items, may }: Fields & { may: boolean }) {
  const { t } = useTranslation();
  const trunks = useTrunks();
  const options = useTargetOptions();
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
  const first = (["queue", "flow", "agent"] as const).find((type) => options[type].length > 0);
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
            {fields.length === 0 && <EmptyState text={t("numbers.none")} />}
            {fields.map(({ key, name }) => (
              <Flex key={key} gap="0 12px" wrap align="end" className="number-row">
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
                  rules={[{ required: true, message: t("numbers.targetRule") }]}
                >
                  <TargetInput options={options} />
                </Form.Item>
                <Form.Item>
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
                      target: first ? { type: first, id: options[first][0]?.value ?? 0 } : null,
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

/** Which numbers lead where. */
export function NumbersPage() {
  const { t } = useTranslation();
  const may = useCan("queues.manage");
  const query = useQuery({
    queryKey: routesKey,
    queryFn: ({ signal }) => api.get("/inbound-routes", inboundRoutes, {}, signal),
  });
  return (
    <Page title={t("navigation.numbers")} help={t("numbers.help")}>
      <Card>
        <Loaded query={query}>{({ items }) => <Rows items={items} may={may} />}</Loaded>
      </Card>
    </Page>
  );
}
