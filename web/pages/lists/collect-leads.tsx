import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Outcome, outcomes } from "../../../shared/calls.ts";
import { collectCount, type CollectedLeads, type LeadCollection } from "../../../shared/collect-leads.ts";
import { importRow } from "../../../shared/imports.ts";
import type { LeadConditions } from "../../../shared/lead-conditions.ts";
import type { ListColumn } from "../../../shared/lists.ts";
import { ConditionsEditor } from "../../features/lead-conditions/conditions-editor.tsx";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useToday } from "../../lib/use-today.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { importsKey, leadsKey, listsKey } from "./list-api.ts";

interface Source {
  listIds: number[];
  /** null: whoever dialled the leads. */
  campaignId: number | null;
}
interface Props extends Source {
  /** Of the campaign or list. */
  name: string;
  columns: readonly ListColumn[];
  onClose: () => void;
}
interface Fields extends Omit<LeadCollection, keyof Source | "conditions"> {
  conditions: LeadConditions;
}

/** Nobody was reached, and another day may be better. */
const failed: Outcome[] = [
  "no-answer",
  "busy",
  "unreachable",
  "powered-off",
  "suspended",
  "rejected",
  "machine",
  "screener",
  "congestion",
  "trunk-failed",
];
const none: LeadConditions = { match: "all", of: [] };
const kept = (conditions: LeadConditions | undefined) => (conditions?.of.length ? conditions : null);

function Conditions({
  value = none,
  onChange,
  columns,
}: {
  value?: LeadConditions;
  onChange?: (value: LeadConditions) => void;
  columns: readonly ListColumn[];
}) {
  return <ConditionsEditor value={value} columns={columns} onChange={(next) => onChange?.(next)} />;
}

/** How many leads what is filled in would copy. */
function Count(source: Source) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Fields>();
  const fields = Form.useWatch((values: Fields) => values, form);
  const wanted: CollectedLeads = {
    listIds: source.listIds,
    campaignId: source.campaignId,
    outcomes: fields?.outcomes ?? failed,
    conditions: kept(fields?.conditions),
    stillReady: fields?.stillReady ?? false,
  };
  const query = useQuery({
    queryKey: [...leadsKey, "collect", wanted],
    placeholderData: keepPreviousData,
    queryFn: () => api.post("/leads/collect/count", collectCount, wanted),
  });
  const { data } = query;
  return (
    <Typography.Text type={data?.numbers === 0 ? "warning" : "secondary"} role="status">
      {data
        ? t(data.leads === data.numbers ? "collect.count" : "collect.countRepeated", {
            leads: formatNumber(data.leads),
            numbers: formatNumber(data.numbers),
          })
        : t(query.isError ? "collect.countFailed" : "collect.counting")}
    </Typography.Text>
  );
}

/** Copies leads that were not reached into a new list, and leads to its progress. */
export function CollectLeads({ listIds, campaignId, name, columns, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const today = useToday();
  const collect = useAct(
    ({ conditions, ...rest }: Fields) =>
      api.post("/leads/collect", importRow, { ...rest, listIds, campaignId, conditions: kept(conditions) }),
    {
      stale: [listsKey, importsKey],
      onDone: (row) => void navigate(`/lists/${row.listId}/imports/${row.id}`),
    },
  );
  const initial: Fields = {
    name: t("collect.nameOf", { name, day: today }).slice(0, 100),
    outcomes: failed,
    conditions: none,
    stillReady: false,
  };
  return (
    <ModalForm<Fields>
      title={t("collect.title")}
      okText={t("collect.button")}
      width={760}
      isPending={collect.isPending}
      initialValues={initial}
      onSubmit={(values) => collect.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("collect.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item
        name="outcomes"
        label={t("collect.outcomes")}
        extra={t(campaignId === null ? "collect.outcomesHelp" : "collect.outcomesOfCampaign")}
      >
        <Select
          mode="multiple"
          placeholder={t("collect.anyOutcome")}
          showSearch={{ optionFilterProp: "label" }}
          options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="stillReady" valuePropName="checked" extra={t("collect.stillReadyHelp")}>
        <Checkbox>{t("collect.stillReady")}</Checkbox>
      </Form.Item>
      <Form.Item name="conditions" label={t("collect.conditions")}>
        <Conditions columns={columns} />
      </Form.Item>
      <Count listIds={listIds} campaignId={campaignId} />
    </ModalForm>
  );
}
