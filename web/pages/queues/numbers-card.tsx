import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type InboundRoute, inboundRoutes } from "../../../shared/queues.ts";
import { e164 } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";
import { fits } from "../../ui/form/rules.ts";
import { EmptyState, ErrorState, PageLoading } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { routesKey, useInboundRoutes, useQueues } from "./queue-api.ts";

interface Fields {
  items: (Omit<InboundRoute, "queueId"> & { queueId: number | null })[];
}

function Rows({ items }: Fields) {
  const { t } = useTranslation();
  const queues = useQueues();
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
  const queueOptions = (queues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const trunkOptions = [
    { value: null, label: t("queues.anyTrunk") },
    ...(trunks.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Form<Fields> layout="vertical" initialValues={{ items }} onFinish={(fields) => save.mutate(fields)}>
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <Flex vertical gap={8}>
            {fields.length === 0 && <EmptyState text={t("queues.noNumbers")} />}
            {fields.map(({ key, name }) => (
              <Flex key={key} gap="0 12px" wrap align="end">
                <Form.Item
                  name={[name, "phone"]}
                  label={t("queues.number")}
                  dependencies={[["items", name, "trunkId"]]}
                  rules={[
                    fits(e164.nullable(), t("queues.numberRule")),
                    ({ getFieldValue }) => ({
                      validator: (_, phone) =>
                        phone || getFieldValue(["items", name, "trunkId"]) !== null
                          ? Promise.resolve()
                          : Promise.reject(new Error(t("queues.numberOrTrunk"))),
                    }),
                  ]}
                >
                  <Input inputMode="tel" placeholder={t("queues.anyNumber")} style={{ width: 200 }} />
                </Form.Item>
                <Form.Item name={[name, "trunkId"]} label={t("queues.trunk")}>
                  <Select options={trunkOptions} style={{ minWidth: 180 }} />
                </Form.Item>
                <Form.Item
                  name={[name, "queueId"]}
                  label={t("queues.toQueue")}
                  rules={[{ required: true, message: t("queues.queueRule") }]}
                >
                  <Select options={queueOptions} style={{ minWidth: 180 }} />
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
            <Flex gap={8}>
              <Button
                icon={<PlusOutlined />}
                onClick={() => add({ phone: null, trunkId: null, queueId: queueOptions[0]?.value ?? null })}
              >
                {t("queues.addNumber")}
              </Button>
              <Button type="primary" htmlType="submit" loading={save.isPending}>
                {t("common.save")}
              </Button>
            </Flex>
          </Flex>
        )}
      </Form.List>
    </Form>
  );
}

/** Which numbers lead to which queue. */
export function NumbersCard() {
  const { t } = useTranslation();
  const query = useInboundRoutes();
  return (
    <Card>
      <p>{t("queues.numbersHelp")}</p>
      {query.error && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <PageLoading />}
      {query.data && <Rows items={query.data.items} />}
    </Card>
  );
}
