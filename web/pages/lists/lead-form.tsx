import { Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { leadDetail, type ListRow } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { leadsKey, listsKey } from "./list-api.ts";

interface Fields {
  name: string;
  phone: string;
  priority: number;
  fields: Record<string, string | undefined>;
}

/** One lead by hand. */
export function LeadForm({ list, onClose }: { list: ListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct(
    ({ fields, ...rest }: Fields) =>
      api.post("/leads", leadDetail, {
        ...rest,
        listId: list.id,
        fields: Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value)),
      }),
    { stale: [leadsKey, listsKey], said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={t("lists.addLead")}
      isPending={save.isPending}
      initialValues={{ name: "", priority: 5 }}
      onSubmit={(values) => save.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="phone" label={t("common.phone")} rules={[{ required: true, max: 40 }]}>
        <Input autoFocus inputMode="tel" />
      </Form.Item>
      <Form.Item name="name" label={t("lists.leadName")} rules={[{ max: 200 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="priority" label={t("lists.priority")}>
        <InputNumber min={1} max={9} />
      </Form.Item>
      {list.columns.map((column) => (
        <Form.Item key={column.key} name={["fields", column.key]} label={column.label}>
          <Input maxLength={4000} />
        </Form.Item>
      ))}
    </ModalForm>
  );
}
