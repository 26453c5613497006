import { Form, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { settings } from "../../../shared/settings.ts";

/** Which other systems' pages may have the desk within them, and the line that puts it there. */
export function EmbedOrigins() {
  const { t } = useTranslation();
  const line = `<script src="${location.origin}/embed.js"></script>`;
  return (
    <Form.Item
      name="embedOrigins"
      label={t("settings.embedOrigins")}
      extra={
        <>
          {t("settings.embedOriginsHelp")}{" "}
          <Typography.Text code copyable={{ text: line, tooltips: false }} style={{ wordBreak: "break-all" }}>
            {line}
          </Typography.Text>
        </>
      }
      rules={[
        {
          validator: (_, typed: string[]) => {
            const wrong = typed.find((one) => !settings.shape.embedOrigins.unwrap().safeParse([one]).success);
            return wrong === undefined
              ? Promise.resolve()
              : Promise.reject(new Error(t("settings.embedOriginsRule", { wrong })));
          },
        },
      ]}
    >
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[" ", ",", "\n"]}
        placeholder="https://crm.example.com"
      />
    </Form.Item>
  );
}
