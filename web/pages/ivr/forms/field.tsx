import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input, InputNumber, Select, Switch } from "antd";
import { createContext, type ReactNode, use } from "react";
import { useTranslation } from "react-i18next";

/** Names of fields whose values cannot be kept, as `keys.0.label`. */
export const WrongFields = createContext<ReadonlySet<string>>(new Set());

interface FieldProps {
  label: string;
  /** In the block; what zod says of it is told here. */
  name?: string;
  help?: string | undefined;
  /** What a right value looks like, when it is wrong. */
  rule?: string | undefined;
  children: ReactNode;
}

/** A labelled field. The control inside has the label as its name. */
export function Field({ label, name, help, rule, children }: FieldProps) {
  const { t } = useTranslation();
  const isWrong = use(WrongFields).has(name ?? "");
  return (
    <div className="ivr-field">
      <span className="ivr-label" aria-hidden>
        {label}
      </span>
      {children}
      {isWrong && (
        <span className="ivr-wrong" role="alert">
          {rule ?? t("ivr.notKept")}
        </span>
      )}
      {help && <small>{help}</small>}
    </div>
  );
}

interface TextProps extends Omit<FieldProps, "children"> {
  value: string;
  maxLength: number;
  lines?: number;
  code?: boolean;
  placeholder?: string;
  onChange: (value: string) => void;
}

export function TextField({
  value,
  maxLength,
  lines = 1,
  code = false,
  placeholder,
  onChange,
  ...field
}: TextProps) {
  const isWrong = use(WrongFields).has(field.name ?? "");
  const common = {
    value,
    maxLength,
    "aria-label": field.label,
    status: isWrong ? ("error" as const) : ("" as const),
    spellCheck: !code,
    ...(code && { className: "ivr-code" }),
    ...(placeholder && { placeholder }),
  };
  return (
    <Field {...field}>
      {lines > 1 ? (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: lines, maxRows: 16 }}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input {...common} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

interface NumberProps extends Omit<FieldProps, "children"> {
  value: number;
  min: number;
  max: number;
  /** The value is so many times what is shown. */
  scale?: number;
  suffix?: string;
  onChange: (value: number) => void;
}

export function NumberField({ value, min, max, scale = 1, suffix, onChange, ...field }: NumberProps) {
  return (
    <Field {...field}>
      <InputNumber<number>
        value={value / scale}
        min={min / scale}
        max={max / scale}
        precision={scale > 1 ? 1 : 0}
        suffix={suffix}
        aria-label={field.label}
        style={{ width: "100%" }}
        onChange={(next) => next !== null && onChange(Math.round(next * scale))}
      />
    </Field>
  );
}

/** Milliseconds, shown in seconds. */
export function SecondsField(props: Omit<NumberProps, "scale" | "suffix">) {
  const { t } = useTranslation();
  return <NumberField {...props} scale={1000} suffix={t("common.units.second")} />;
}

export function SwitchField({
  label,
  help,
  value,
  onChange,
}: {
  label: string;
  help?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <div className="ivr-field">
      <label className="ivr-switch">
        <span>{label}</span>
        <Switch checked={value} aria-label={label} onChange={onChange} />
      </label>
      {help && <small>{help}</small>}
    </div>
  );
}

interface ChoiceProps<T> extends Omit<FieldProps, "children"> {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  placeholder?: string;
  /** Nothing need be chosen. */
  optional?: boolean;
}

/** One of several; `null` where nothing is chosen yet, unless it is a choice itself. */
export function ChoiceField<T extends string | number | null>({
  value,
  options,
  onChange,
  placeholder,
  optional = false,
  ...field
}: ChoiceProps<T>) {
  const isKnown = (optional && value === null) || options.some((option) => option.value === value);
  return (
    <Field {...field}>
      <Select<T>
        value={value}
        status={isKnown ? "" : "warning"}
        aria-label={field.label}
        placeholder={placeholder}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        options={[...options]}
        onChange={onChange}
      />
    </Field>
  );
}

interface ListProps<T> {
  label: string;
  help?: string;
  items: readonly T[];
  most: number;
  add: string;
  make: () => T;
  onChange: (items: T[]) => void;
  children: (item: T, put: (item: T) => void, index: number) => ReactNode;
}

/** Several of a kind, one under the other. */
export function ListField<T>({ label, help, items, most, add, make, onChange, children }: ListProps<T>) {
  const { t } = useTranslation();
  return (
    <fieldset className="ivr-list">
      <legend>{label}</legend>
      {help && <small>{help}</small>}
      {items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- an entry is its place
        <Flex key={index} gap={6} align="start">
          <div className="ivr-entry">
            {children(item, (next) => onChange(items.with(index, next)), index)}
          </div>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={`${t("common.remove")}: ${label} ${index + 1}`}
            onClick={() => onChange(items.toSpliced(index, 1))}
          />
        </Flex>
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        disabled={items.length >= most}
        onClick={() => onChange([...items, make()])}
      >
        {add}
      </Button>
    </fieldset>
  );
}
