import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Segmented, Select, theme } from "antd";
import { useTranslation } from "react-i18next";
import {
  isGroup,
  kindOf,
  type LeadCondition,
  type LeadConditions,
  leadFields,
  operatorsOf,
  ownPrefix,
  withoutValue,
} from "../../../shared/lead-conditions.ts";
import type { ListColumn } from "../../../shared/lists.ts";
import { ValueInput } from "./value-input.tsx";

interface RowProps {
  condition: LeadCondition;
  columns: readonly ListColumn[];
  onChange: (condition: LeadCondition) => void;
  onRemove: () => void;
}

function ConditionRow({ condition, columns, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const kind = kindOf(condition.field) ?? "own";
  const own = columns.map(({ key, label }) => ({ value: ownPrefix + key, label }));
  const known = own.some(({ value }) => value === condition.field) || kind !== "own";
  return (
    <Flex wrap gap={8} align="center">
      <Select
        showSearch={{ optionFilterProp: "label" }}
        value={condition.field}
        aria-label={t("conditions.column")}
        style={{ width: 170 }}
        options={[
          {
            label: t("conditions.ofEveryLead"),
            options: Object.keys(leadFields).map((field) => ({
              value: field,
              label: t(`conditions.field.${field}`),
            })),
          },
          {
            label: t("conditions.ofTheLists"),
            options: [
              ...own,
              ...(known ? [] : [{ value: condition.field, label: condition.field.slice(ownPrefix.length) }]),
            ],
          },
        ]}
        onChange={(field) => {
          const fits = operatorsOf[kindOf(field) ?? "own"];
          onChange({ field, op: fits.includes(condition.op) ? condition.op : (fits[0] ?? "is"), values: [] });
        }}
      />
      <Select
        value={condition.op}
        aria-label={t("conditions.comparison")}
        style={{ width: 170 }}
        options={operatorsOf[kind].map((op) => ({ value: op, label: t(`conditions.operator.${op}`) }))}
        onChange={(op) =>
          onChange({ ...condition, op, values: withoutValue.has(op) ? [] : condition.values })
        }
      />
      <ValueInput condition={condition} onChange={(values) => onChange({ ...condition, values })} />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("conditions.remove")} onClick={onRemove} />
    </Flex>
  );
}

interface Props {
  value: LeadConditions;
  columns: readonly ListColumn[];
  onChange: (value: LeadConditions) => void;
  /** Of a group within another. */
  onRemove?: () => void;
  depth?: number;
}

const first: LeadCondition = { field: "attempts", op: "at-most", values: ["0"] };

/** Conditions joined by all or any, with groups in groups. */
export function ConditionsEditor({ value, columns, onChange, onRemove, depth = 1 }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const put = (index: number, node: LeadConditions["of"][number] | null) =>
    onChange({ ...value, of: value.of.flatMap((old, i) => (i === index ? (node ?? []) : old)) });
  return (
    <Flex
      vertical
      gap={8}
      role="group"
      aria-label={t(`conditions.match.${value.match}`)}
      style={{ borderInlineStart: `3px solid ${token.colorPrimaryBorder}`, paddingInlineStart: 12 }}
    >
      {value.of.length > 1 || depth > 1 ? (
        <Flex gap={8} align="center">
          <Segmented
            size="small"
            value={value.match}
            options={(["all", "any"] as const).map((match) => ({
              value: match,
              label: t(`conditions.match.${match}`),
            }))}
            onChange={(match) => onChange({ ...value, match })}
          />
          {onRemove && (
            <Button size="small" type="text" icon={<DeleteOutlined />} onClick={onRemove}>
              {t("conditions.removeGroup")}
            </Button>
          )}
        </Flex>
      ) : null}
      {value.of.map((node, index) =>
        isGroup(node) ? (
          <ConditionsEditor
            // oxlint-disable-next-line react/no-array-index-key -- a condition is its place
            key={index}
            value={node}
            columns={columns}
            depth={depth + 1}
            onChange={(changed) => put(index, changed)}
            onRemove={() => put(index, null)}
          />
        ) : (
          <ConditionRow
            // oxlint-disable-next-line react/no-array-index-key -- a condition is its place
            key={index}
            condition={node}
            columns={columns}
            onChange={(changed) => put(index, changed)}
            onRemove={() => put(index, null)}
          />
        ),
      )}
      <Flex gap={8}>
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => onChange({ ...value, of: [...value.of, first] })}
        >
          {t("conditions.add")}
        </Button>
        {depth < 4 && (
          <Button
            size="small"
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => onChange({ ...value, of: [...value.of, { match: "any", of: [first] }] })}
          >
            {t("conditions.addGroup")}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
