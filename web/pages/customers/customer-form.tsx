import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type CustomerDetail, customerDetail, customerInput, phoneKinds } from "../../../shared/customers.ts";
import { api } from "../../lib/api.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { customersKey } from "./customer-api.ts";

interface Fields {
  vip: number;
  name: string;
  organisation: string;
  email: string | null;
  note: string;
  phones: { phone: string; kind: (typeof phoneKinds)[number] }[];
  fields: { key: string; value: string }[];
}

function toFields(customer: CustomerDetail | null): Fields {
  return {
    name: customer?.name ?? "",
    organisation: customer?.organisation ?? "",
    email: customer?.email ?? null,
    note: customer?.note ?? "",
    vip: customer?.vip ?? 0,
    phones: customer?.phones ?? [{ phone: "", kind: "mobile" }],
    fields: Object.entries(customer?.fields ?? {}).map(([key, value]) => ({ key, value })),
  };
}

interface Props {
  customer: CustomerDetail | null;
  onClose: () => void;
  onSaved: (saved: CustomerDetail) => void;
}

function Pairs() {
  const { t } = useTranslation();
  return (
    <>
      <Form.List name="phones">
        {(rows, { add, remove }) => (
          <Form.Item label={t("customers.phones")}>
            <Flex vertical gap={8}>
              {rows.map(({ key, name }) => (
                <Flex key={key} gap={8}>
                  <Form.Item name={[name, "phone"]} noStyle rules={[{ required: true }]}>
                    <Input inputMode="tel" aria-label={t("common.phone")} />
                  </Form.Item>
                  <Form.Item name={[name, "kind"]} noStyle>
                    <Select
                      style={{ width: 120 }}
                      aria-label={t("customers.kindLabel")}
                      options={phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
                    />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("common.remove")}
                    onClick={() => remove(name)}
                  />
                </Flex>
              ))}
              <Button
                type="dashed"
                icon={<PlusOutlined />}
                onClick={() => add({ phone: "", kind: "mobile" })}
              >
                {t("customers.addPhone")}
              </Button>
            </Flex>
          </Form.Item>
        )}
      </Form.List>
      <Form.List name="fields">
        {(rows, { add, remove }) => (
          <Form.Item label={t("customers.fields")}>
            <Flex vertical gap={8}>
              {rows.map(({ key, name }) => (
                <Flex key={key} gap={8}>
                  <Form.Item name={[name, "key"]} noStyle rules={[{ required: true, max: 64 }]}>
                    <Input placeholder={t("customers.fieldName")} style={{ flex: 1 }} />
                  </Form.Item>
                  <Form.Item name={[name, "value"]} noStyle>
                    <Input placeholder={t("customers.fieldValue")} style={{ flex: 2 }} maxLength={4000} />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("common.remove")}
                    onClick={() => remove(name)}
                  />
                </Flex>
              ))}
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ key: "", value: "" })}>
                {t("customers.addField")}
              </Button>
            </Flex>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}

export function CustomerForm({ customer, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const save = useAct(
    (values: Fields) => {
      const input = customerInput.parse({
        ...values,
        email: values.email || null,
        timeZone: customer?.timeZone ?? null,
        fields: Object.fromEntries(values.fields.map(({ key, value }) => [key, value ?? ""])),
      });
      return customer
        ? api.put(`/customers/${customer.id}`, customerDetail, input)
        : api.post("/customers", customerDetail, input);
    },
    {
      stale: [customersKey],
      said: t("common.saved"),
      onDone: (saved) => {
        onClose();
        onSaved(saved);
      },
    },
  );
  return (
    <ModalForm<Fields>
      width={600}
      title={customer ? t("customers.edit") : t("customers.add")}
      isPending={save.isPending}
      initialValues={toFields(customer)}
      onSubmit={(values) => save.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ max: 200 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="organisation" label={t("customers.organisation")} rules={[{ max: 200 }]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="email"
        label={t("customers.email")}
        rules={[{ type: "email", message: t("customers.emailRule") }]}
      >
        <Input type="email" />
      </Form.Item>
      <NumberItem name="vip" label={t("customers.vip")} extra={t("customers.vipHelp")} min={0} max={9} />
      <Pairs />
      <Form.Item name="note" label={t("common.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={10_000} />
      </Form.Item>
    </ModalForm>
  );
}
