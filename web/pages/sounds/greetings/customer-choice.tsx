import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GreetingWhen } from "../../../../shared/greetings.ts";
import { useCustomerName, useFoundCustomers } from "./greetings-api.ts";

type Value = GreetingWhen["customer"];

/** Everybody, everybody we know, or one customer. */
export function CustomerChoice({
  id,
  value = "any",
  onChange,
}: {
  id?: string;
  value?: Value;
  onChange?: (value: Value) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = useFoundCustomers(search).data?.items ?? [];
  const name = useCustomerName(typeof value === "number" ? value : undefined).data;
  const others = found.filter((one) => one.id !== value);
  return (
    <Select<Value>
      {...(id === undefined ? {} : { id })}
      showSearch={{ filterOption: false, onSearch: (text) => setSearch(text.trim()) }}
      value={value}
      options={[
        ...(["any", "known"] as const).map((one) => ({ value: one, label: t(`greetings.customer.${one}`) })),
        ...(typeof value === "number" ? [{ value, label: name ?? String(value) }] : []),
        ...others.map((one) => ({ value: one.id, label: one.name || one.organisation })),
      ]}
      {...(onChange ? { onChange } : {})}
    />
  );
}
