import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { listInput, type ListInput, type ListRow, listRow } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { useCompany } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { CountrySelect } from "../../ui/form/country-select.tsx";
import { useAct } from "../../ui/use-act.ts";
import { listsKey } from "./list-api.ts";

interface Props {
  list: ListRow | null;
  onClose: () => void;
  onSaved: (list: ListRow) => void;
}

export function ListForm({ list, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const { defaultCountry } = useCompany();
  const save = useAct(
    (input: ListInput) =>
      list ? api.put(`/lists/${list.id}`, listRow, input) : api.post("/lists", listRow, input),
    {
      stale: [listsKey],
      onDone: (saved) => {
        onClose();
        onSaved(saved);
      },
    },
  );
  return (
    <ModalForm<ListInput>
      title={list ? t("lists.edit") : t("lists.add")}
      okText={list ? t("common.save") : t("lists.addAndImport")}
      isPending={save.isPending}
      initialValues={list ?? { country: defaultCountry }}
      onSubmit={(values) => save.mutate(listInput.parse({ ...values, columns: list?.columns ?? [] }))}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("lists.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus placeholder={t("lists.nameExample")} />
      </Form.Item>
      <Form.Item
        name="country"
        label={t("lists.country")}
        extra={t("lists.countryHelp")}
        rules={[{ required: true }]}
      >
        <CountrySelect />
      </Form.Item>
      <Form.Item name="note" label={t("common.note")} rules={[{ max: 2000 }]}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} />
      </Form.Item>
    </ModalForm>
  );
}
