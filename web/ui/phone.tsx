import { PhoneOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { type DialRequest, useDial } from "../lib/dial.ts";
import { withheldPhone } from "../../shared/common.ts";
import { formatPhone } from "../lib/format-phone.ts";

type Props = { value: string } & Omit<DialRequest, "phone">;

/** A telephone number in readable groups; a click dials it where the signed-in person has a desk. */
export function Phone({ value, ...about }: Props) {
  const { t } = useTranslation();
  const dial = useDial();
  const shown = <span className="num">{formatPhone(value)}</span>;
  if (!dial || value === "" || value === withheldPhone) return shown;
  return (
    <Tooltip title={t("common.dial")}>
      <Button
        type="link"
        size="small"
        icon={<PhoneOutlined />}
        style={{ paddingInline: 0, height: "auto" }}
        aria-label={t("common.dialNumber", { phone: formatPhone(value) })}
        onClick={(event) => {
          event.stopPropagation();
          dial({ phone: value, ...about });
        }}
      >
        {shown}
      </Button>
    </Tooltip>
  );
}
