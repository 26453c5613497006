import { App, Checkbox, Form, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { leadsAssigned } from "../../../shared/assign-leads.ts";
import type { LeadConditions } from "../../../shared/lead-conditions.ts";
import type { ListRow } from "../../../shared/lists.ts";
import { ConditionsEditor } from "../../features/lead-conditions/conditions-editor.tsx";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useOrgUnits, useUsers } from "../users/user-api.ts";
import { leadsKey, listsKey } from "./list-api.ts";

interface Fields {
  to: "agents" | "unit" | "anybody";
  userIds?: number[];
  unitId?: number;
  onlyUnassigned: boolean;
  limit: number;
  conditions: LeadConditions;
}

function Conditions({
  value = { match: "all", of: [] },
  onChange,
  list,
}: {
  value?: LeadConditions;
  onChange?: (value: LeadConditions) => void;
  list: ListRow;
}) {
  return <ConditionsEditor value={value} columns={list.columns} onChange={(next) => onChange?.(next)} />;
}

/** Who of these agents or units gets the leads. */
function Target() {
  const { t } = useTranslation();
  const to: unknown = Form.useWatch("to");
  const users = useUsers({ active: true, pageSize: 500 });
  const units = useOrgUnits();
  if (to === "agents")
    return (
      <Form.Item name="userIds" label={t("assign.agents")} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={(users.data?.items ?? []).map((user) => ({ value: user.id, label: user.name }))}
        />
      </Form.Item>
    );
  if (to !== "unit") return null;
  return (
    <Form.Item name="unitId" label={t("assign.unit")} rules={[{ required: true }]}>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        options={(units.data ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
      />
    </Form.Item>
  );
}

/** Gives leads of a list to agents, evenly, or to a unit. */
export function AssignLeads({ list, onClose }: { list: ListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useAct(
    ({ to, userIds, unitId, conditions, ...rest }: Fields) =>
      api.post(`/lists/${list.id}/assign`, leadsAssigned, {
        ...rest,
        conditions: conditions.of.length > 0 ? conditions : null,
        to: to === "agents" ? { userIds } : to === "unit" ? { unitId } : { anybody: true },
      }),
    {
      stale: [leadsKey, listsKey],
      onDone: ({ assigned }) => {
        void message.success(t("assign.done", { leads: formatNumber(assigned) }));
        onClose();
      },
    },
  );
  return (
    <ModalForm<Fields>
      title={t("assign.title")}
      width={760}
      isPending={save.isPending}
      initialValues={{
        to: "agents",
        onlyUnassigned: true,
        limit: 1000,
        conditions: { match: "all", of: [] },
      }}
      onSubmit={(values) => save.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="to" label={t("assign.to")}>
        <Radio.Group
          optionType="button"
          options={(["agents", "unit", "anybody"] as const).map((value) => ({
            value,
            label: t(`assign.target.${value}`),
          }))}
        />
      </Form.Item>
      <Target />
      <Form.Item name="conditions" label={t("assign.which")}>
        <Conditions list={list} />
      </Form.Item>
      <Form.Item name="limit" label={t("assign.limit")} extra={t("assign.limitHelp")}>
        <InputNumber min={1} max={50_000} precision={0} />
      </Form.Item>
      <Form.Item name="onlyUnassigned" valuePropName="checked">
        <Checkbox>{t("assign.onlyUnassigned")}</Checkbox>
      </Form.Item>
    </ModalForm>
  );
}
