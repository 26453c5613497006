import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type DispositionNode, type FormField, formFieldTypes } from "../../../../shared/campaigns.ts";
import { swapped } from "../../../lib/swapped.ts";
import { PlaceButtons } from "../../../ui/form/place-buttons.tsx";
import { FieldRules } from "./field-rules.tsx";

/** A key that no field of the form has; it stays when the label changes, so that stored answers keep their place. */
function freeKey(fields: readonly FormField[]): string {
  const used = new Set(fields.map((field) => field.key));
  let number = fields.length + 1;
  while (used.has(`field_${number}`)) number++;
  return `field_${number}`;
}

interface RowProps {
  field: FormField;
  onChange: (field: FormField) => void;
  onMove: (step: -1 | 1) => void;
  first: boolean;
  last: boolean;
  onRemove: () => void;
}

function FieldRow({ field, onChange, onMove, first, last, onRemove }: RowProps) {
  const { t } = useTranslation();
  const name = field.label || t("campaigns.field");
  return (
    <Flex wrap gap={8} align="center">
      <Input
        value={field.label}
        maxLength={100}
        aria-label={t("campaigns.field")}
        placeholder={t("campaigns.field")}
        status={field.label.trim() === "" ? "warning" : ""}
        style={{ flex: "1 1 180px", maxWidth: 320 }}
        onChange={(event) => onChange({ ...field, label: event.target.value })}
      />
      <Select
        value={field.type}
        aria-label={t("campaigns.fieldTypeOf", { name })}
        style={{ width: 150 }}
        options={formFieldTypes.map((value) => ({ value, label: t(`campaigns.fieldType.${value}`) }))}
        onChange={(type) => onChange({ ...field, type })}
      />
      {field.type.startsWith("choice") && (
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={field.options}
          tokenSeparators={[",", "，", "、", ";"]}
          placeholder={t("campaigns.options")}
          aria-label={t("campaigns.options")}
          style={{ flex: "2 1 220px", maxWidth: 460 }}
          onChange={(options: string[]) => onChange({ ...field, options })}
        />
      )}
      <Checkbox
        checked={field.required}
        onChange={(event) => onChange({ ...field, required: event.target.checked })}
      >
        {t("campaigns.required")}
      </Checkbox>
      <PlaceButtons name={name} first={first} last={last} onMove={onMove} onRemove={onRemove} />
    </Flex>
  );
}

interface Props {
  id?: string;
  value?: FormField[];
  onChange?: (value: FormField[]) => void;
}

/** The campaign's own fields of the service summary. */
export function FieldsEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  const dispositions = (Form.useWatch("dispositions") as DispositionNode[] | undefined) ?? [];
  return (
    <Flex vertical gap={8}>
      {value.map((field, index) => (
        <Flex key={field.key} vertical gap={4}>
          <FieldRow
            field={field}
            first={index === 0}
            last={index === value.length - 1}
            onChange={(changed) => onChange?.(value.map((old, i) => (i === index ? changed : old)))}
            onMove={(step) => onChange?.(swapped(value, index, index + step))}
            onRemove={() => onChange?.(value.filter((_, i) => i !== index))}
          />
          <FieldRules
            field={field}
            before={value.slice(0, index)}
            dispositions={dispositions}
            onChange={(changed) => onChange?.(value.map((old, i) => (i === index ? changed : old)))}
          />
        </Flex>
      ))}
      <div>
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() =>
            onChange?.([
              ...value,
              { key: freeKey(value), label: "", type: "text", required: false, options: [] },
            ])
          }
        >
          {t("campaigns.addField")}
        </Button>
      </div>
    </Flex>
  );
}
