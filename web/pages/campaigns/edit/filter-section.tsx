import { Button, Flex, Form } from "antd";
import { useTranslation } from "react-i18next";
import { type LeadConditions, leadConditions } from "../../../../shared/lead-conditions.ts";
import { ConditionsEditor } from "../../../features/lead-conditions/conditions-editor.tsx";
import { KeptCount } from "../../../features/lead-conditions/kept-count.tsx";
import { NamedFilters } from "../../../features/lead-conditions/named-filters.tsx";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { useLists } from "../../lists/list-api.ts";

interface Props {
  id?: string;
  value?: LeadConditions | null;
  onChange?: (value: LeadConditions | null) => void;
}

const empty: LeadConditions = { match: "all", of: [] };

function FilterEditor({ value, onChange }: Props) {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  const listIds = (Form.useWatch("listIds") as number[] | undefined) ?? [];
  const columns = (lists.data?.items ?? [])
    .filter((list) => listIds.includes(list.id))
    .flatMap((list) => list.columns)
    .filter((column, i, all) => all.findIndex((other) => other.key === column.key) === i);
  const conditions = value ?? empty;
  return (
    <Flex vertical gap={12}>
      <ConditionsEditor
        value={conditions}
        columns={columns}
        onChange={(next) => onChange?.(next.of.length === 0 ? null : next)}
      />
      <Flex wrap gap={12} align="center">
        {value && <KeptCount listIds={listIds} conditions={conditions} />}
        <span style={{ flex: 1 }} />
        <NamedFilters conditions={conditions} onUse={(next) => onChange?.(next)} />
        {value && <Button onClick={() => onChange?.(null)}>{t("conditions.clear")}</Button>}
      </Flex>
    </Flex>
  );
}

/** Which leads of the chosen lists are dialled. */
export function FilterSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t("conditions.title")} help={t("conditions.help")}>
      <FormColumn span={24}>
        <Form.Item
          name="leadFilter"
          rules={[
            {
              validator: (_, value: LeadConditions | null) =>
                value == null || leadConditions.safeParse(value).success
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("conditions.incomplete"))),
            },
          ]}
        >
          <FilterEditor />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
