import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from "@ant-design/icons";
import { Button, Flex, Select, theme } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { swapped } from "../../lib/swapped.ts";

export interface OrderedOption {
  value: number;
  label: string;
  /** Beside the chosen one: what helps to decide. */
  detail?: ReactNode;
}
interface Props {
  id?: string;
  value?: number[];
  onChange?: (value: number[]) => void;
  options: OrderedOption[];
  loading?: boolean;
  placeholder: string;
}

/** Several of a few things, in an order that matters. */
export function OrderedSelect({ id, value = [], onChange, options, loading = false, placeholder }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const swap = (index: number, other: number) => onChange?.(swapped(value, index, other));
  return (
    <Flex vertical gap={6}>
      {value.map((chosen, index) => {
        const option = options.find((o) => o.value === chosen);
        const label = option?.label ?? `#${chosen}`;
        return (
          <Flex
            key={chosen}
            align="center"
            gap={8}
            style={{
              padding: "4px 4px 4px 12px",
              border: `1px solid ${token.colorBorderSecondary}`,
              borderRadius: token.borderRadius,
            }}
          >
            <span className="num" style={{ color: token.colorTextTertiary, width: 16 }}>
              {index + 1}
            </span>
            <Flex vertical flex={1} style={{ minWidth: 0 }}>
              <span>{label}</span>
              {option?.detail && (
                <span style={{ fontSize: 12, color: token.colorTextSecondary }}>{option.detail}</span>
              )}
            </Flex>
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              disabled={index === 0}
              aria-label={`${t("common.up")}: ${label}`}
              onClick={() => swap(index, index - 1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              disabled={index === value.length - 1}
              aria-label={`${t("common.down")}: ${label}`}
              onClick={() => swap(index, index + 1)}
            />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={`${t("common.remove")}: ${label}`}
              onClick={() => onChange?.(value.filter((other) => other !== chosen))}
            />
          </Flex>
        );
      })}
      <Select<number | null>
        {...(id ? { id } : {})}
        value={null}
        loading={loading}
        placeholder={placeholder}
        showSearch={{ optionFilterProp: "label" }}
        options={options.filter((option) => !value.includes(option.value))}
        onChange={(added) => added !== null && onChange?.([...value, added])}
      />
    </Flex>
  );
}
