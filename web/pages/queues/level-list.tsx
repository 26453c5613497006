import { DeleteOutlined } from "@ant-design/icons";
import { Button, Flex, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";

interface Props<K extends string, L extends string> {
  value?: (Record<K, number> & Record<L, number>)[];
  onChange?: (value: (Record<K, number> & Record<L, number>)[]) => void;
  /** What is chosen, and what is set for each. */
  of: K;
  level: L;
  options: { value: number; label: string }[];
  max: number;
  /** Of a new one. */
  first: number;
  label: string;
  levelLabel: string;
}

/** Some of many, each with a whole number from 1 on: agents with ranks, skills with levels. */
export function LevelList<K extends string, L extends string>(props: Props<K, L>) {
  const { t } = useTranslation();
  const { value = [], onChange, of, level, options } = props;
  const nameOf = (id: number) => options.find((option) => option.value === id)?.label ?? `#${id}`;
  const entry = (id: number, at: number) =>
    ({ [of]: id, [level]: at }) as Record<K, number> & Record<L, number>;
  const chosen = new Set<number>(value.map((one) => one[of]));
  return (
    <Flex vertical gap={8}>
      <Select<number>
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("queues.add")}
        aria-label={props.label}
        options={options.filter((option) => !chosen.has(option.value))}
        onChange={(id) => onChange?.([...value, entry(id, props.first)])}
      />
      {value.map((one) => (
        <Flex key={one[of]} gap={8} align="center">
          <span style={{ flex: 1 }}>{nameOf(one[of])}</span>
          <InputNumber<number>
            min={1}
            max={props.max}
            precision={0}
            value={one[level]}
            prefix={props.levelLabel}
            aria-label={`${props.levelLabel}: ${nameOf(one[of])}`}
            style={{ width: 130 }}
            onChange={(at) =>
              onChange?.(value.map((other) => (other === one ? entry(one[of], at ?? props.first) : other)))
            }
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`${t("common.remove")}: ${nameOf(one[of])}`}
            onClick={() => onChange?.(value.filter((other) => other !== one))}
          />
        </Flex>
      ))}
    </Flex>
  );
}
