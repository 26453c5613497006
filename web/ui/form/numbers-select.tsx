import { Select } from "antd";
import { formatPhone } from "../../lib/format-phone.ts";
import { readTyped } from "../../lib/phone-numbers.ts";

interface Props {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  country: string;
  placeholder?: string;
}

/** Several telephone numbers, typed or pasted in the country's own form; kept as E.164 where they can be read. */
export function NumbersSelect({ value = [], onChange, country, placeholder, ...rest }: Props) {
  return (
    <Select
      {...rest}
      mode="tags"
      value={value}
      open={false}
      suffixIcon={null}
      tokenSeparators={[",", ";", "\n", "，", "；", "、"]}
      placeholder={placeholder}
      style={{ width: "100%" }}
      labelRender={({ value: number }) => formatPhone(String(number))}
      onChange={(typed: string[]) =>
        onChange?.([...new Set(typed.map((number) => readTyped(number, country) ?? number.trim()))])
      }
    />
  );
}
