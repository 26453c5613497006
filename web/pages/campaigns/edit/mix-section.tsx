import { Form, InputNumber, Radio, Table } from "antd";
import { useTranslation } from "react-i18next";
import { listOrders, type ListMix, noQuota, plainMix, quotaKinds } from "../../../../shared/list-mix.ts";
import { formatNumber } from "../../../lib/format.ts";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { useLists } from "../../lists/list-api.ts";

type Rule = ListMix["lists"][number];

interface Props {
  id?: string;
  value?: ListMix;
  onChange?: (value: ListMix) => void;
}

/** A row for each list of the campaign, in its order. */
function MixEditor({ value = plainMix, onChange }: Props) {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  const listIds = (Form.useWatch("listIds") as number[] | undefined) ?? [];
  const nameOf = (id: number) => lists.data?.items.find((list) => list.id === id)?.name ?? `#${id}`;
  const ruleOf = (listId: number): Rule =>
    value.lists.find((rule) => rule.listId === listId) ?? { listId, weight: 1, quota: noQuota };
  const rules = listIds.map(ruleOf);
  const whole = rules.reduce((sum, rule) => sum + rule.weight, 0);
  const set = (changed: Rule) =>
    onChange?.({ ...value, lists: rules.map((rule) => (rule.listId === changed.listId ? changed : rule)) });
  return (
    <>
      <Radio.Group
        optionType="button"
        value={value.order}
        aria-label={t("listMix.order")}
        options={listOrders.map((order) => ({ value: order, label: t(`listMix.orders.${order}`) }))}
        onChange={(event) => onChange?.({ order: event.target.value, lists: rules })}
      />
      <Table<Rule>
        size="small"
        pagination={false}
        rowKey="listId"
        dataSource={rules}
        scroll={{ x: "max-content" }}
        style={{ marginTop: 12 }}
        locale={{ emptyText: <EmptyState text={t("listMix.none")} /> }}
        columns={[
          { title: t("listMix.list"), render: (_, rule) => nameOf(rule.listId) },
          ...(value.order === "mix"
            ? [
                {
                  title: t("listMix.weight"),
                  render: (_: unknown, rule: Rule) => (
                    <InputNumber<number>
                      min={1}
                      max={100}
                      value={rule.weight}
                      style={{ width: 110 }}
                      suffix={t("listMix.share", { percent: Math.round((rule.weight / whole) * 100) })}
                      aria-label={t("listMix.weightOf", { name: nameOf(rule.listId) })}
                      onChange={(weight) => set({ ...rule, weight: weight ?? 1 })}
                    />
                  ),
                },
              ]
            : []),
          ...quotaKinds.map((kind) => ({
            title: t(`listMix.quota.${kind}`),
            render: (_: unknown, rule: Rule) => (
              <InputNumber<number>
                min={1}
                precision={0}
                value={rule.quota[kind]}
                placeholder={t("listMix.noLimit")}
                style={{ width: 110 }}
                formatter={(n) => (n ? formatNumber(n) : "")}
                parser={(text) => Number(text?.replaceAll(/\D/g, ""))}
                aria-label={t("listMix.quotaOf", {
                  quota: t(`listMix.quota.${kind}`),
                  name: nameOf(rule.listId),
                })}
                onChange={(n) => set({ ...rule, quota: { ...rule.quota, [kind]: n || null } })}
              />
            ),
          })),
        ]}
      />
    </>
  );
}

/** In which proportion the lists give leads, and how many. */
export function MixSection() {
  const { t } = useTranslation();
  const mix = Form.useWatch("listMix") as ListMix | undefined;
  return (
    <FormSection title={t("listMix.title")} help={t("listMix.help")}>
      <FormColumn span={24}>
        <Form.Item
          name="listMix"
          label={t("listMix.order")}
          extra={mix?.order === "mix" ? t("listMix.mixHelp") : undefined}
        >
          <MixEditor />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
