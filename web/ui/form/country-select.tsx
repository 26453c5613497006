import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { countryOptions } from "../../lib/phone-numbers.ts";

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  disabled?: boolean;
}

export function CountrySelect(props: Props) {
  const { i18n } = useTranslation();
  // oxlint-disable-next-line react/exhaustive-deps -- names change with the language
  const options = useMemo(() => countryOptions(), [i18n.language]);
  return (
    <Select
      {...props}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
      popupMatchSelectWidth={false}
      style={{ width: "100%" }}
    />
  );
}
