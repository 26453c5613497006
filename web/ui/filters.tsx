import { SearchOutlined } from "@ant-design/icons";
import { Button, DatePicker, Flex, Input, Select } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf, dayStart } from "../lib/zone.ts";

export function FilterBar({ children, onReset }: { children: ReactNode; onReset?: (() => void) | false }) {
  const { t } = useTranslation();
  return (
    <Flex wrap gap={8} align="center" role="search" style={{ marginBottom: 8 }}>
      {children}
      {onReset && (
        <Button type="link" onClick={onReset}>
          {t("common.resetFilters")}
        </Button>
      )}
    </Flex>
  );
}

interface TextProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  placeholder: string;
}

/** Applies what is typed shortly after the last key. */
export function SearchFilter({ value, onChange, placeholder }: TextProps) {
  const [text, setText] = useState(value ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value ?? "");
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setShown(next.trim() || undefined);
      onChange(next.trim() || undefined);
    }, 300);
  };
  return (
    <Input
      value={text}
      allowClear
      prefix={<SearchOutlined />}
      aria-label={placeholder}
      placeholder={placeholder}
      style={{ width: 220 }}
      onChange={(event) => type(event.target.value)}
    />
  );
}

interface SelectProps extends TextProps {
  options: { value: string; label: ReactNode }[];
  width?: number;
  searchable?: boolean;
}

export function SelectFilter({
  value,
  onChange,
  placeholder,
  options,
  width = 150,
  searchable,
}: SelectProps) {
  return (
    <Select
      value={value ?? null}
      allowClear
      aria-label={placeholder}
      placeholder={placeholder}
      options={options}
      style={{ width }}
      popupMatchSelectWidth={false}
      {...(searchable ? { showSearch: { optionFilterProp: "label" } } : {})}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  );
}

interface RangeProps {
  from: string | undefined;
  to: string | undefined;
  /** ISO instants: the first day's start and the start of the day after the last. */
  onChange: (from: string | undefined, to: string | undefined) => void;
}

const shownDay = (iso: string | undefined, shift: number) =>
  iso ? dayjs(dayOf(new Date(Date.parse(iso) + shift))) : null;

/** Whole days on the company's clock. */
export function DayRangeFilter({ from, to, onChange }: RangeProps) {
  const { t } = useTranslation();
  return (
    <DatePicker.RangePicker
      value={[shownDay(from, 0), shownDay(to, -1)]}
      allowEmpty
      placeholder={[t("common.from"), t("common.to")]}
      style={{ width: 250 }}
      onChange={(range) => {
        const first = range?.[0]?.format("YYYY-MM-DD");
        const last = range?.[1]?.add(1, "day").format("YYYY-MM-DD");
        onChange(first && dayStart(first), last && dayStart(last));
      }}
    />
  );
}
