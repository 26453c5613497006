import { Alert, Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import type { TrunkInput } from "../../../shared/trunks.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { asTrunkWrites, exampleNumber } from "../../lib/phone-numbers.ts";

/** Shows, while the form is filled in, what the carrier will be sent. */
export function NumberExample({ form }: { form: FormInstance<TrunkInput> }) {
  const { t } = useTranslation();
  const country = Form.useWatch("country", form) ?? "CN";
  const numberFormat = Form.useWatch("numberFormat", form) ?? "e164";
  const dialPrefix = Form.useWatch("dialPrefix", form) ?? "";
  const number = exampleNumber(country);
  return (
    <Alert
      type="info"
      style={{ marginBottom: 20 }}
      title={
        <span className="num">
          {t("trunks.example", {
            number: formatPhone(number),
            written: asTrunkWrites(number, { country, numberFormat, dialPrefix }),
          })}
        </span>
      }
    />
  );
}
