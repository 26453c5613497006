import { PhoneOutlined } from "@ant-design/icons";
import { Button, type InputRef, Select, Space } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { DialField } from "./dial-field.tsx";
import { QuickDials } from "./quick-dials.tsx";

/** Dials a number the agent types, for one of the campaigns or for none; or calls a colleague by name or extension. */
export function ManualDial({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  const { run, busy, state } = useDesk();
  const [phone, setPhone] = useState("");
  const [campaignId, setCampaignId] = useState<number>();
  const input = useRef<InputRef>(null);
  useShortcuts({ dial: () => input.current?.focus() });
  const campaigns = state?.campaigns ?? [];
  const dial = async () => {
    const body = { phone: phone.trim(), ...(campaignId === undefined ? {} : { campaignId }) };
    if (await run("dial", body)) setPhone("");
  };
  return (
    <form
      className="desk-dial"
      onSubmit={(event) => {
        event.preventDefault();
        void dial();
      }}
    >
      <Space.Compact block>
        <DialField value={phone} onChange={setPhone} inputRef={input} enabled={enabled} />
        <Button
          htmlType="submit"
          type="primary"
          icon={<PhoneOutlined />}
          aria-label={t("desk.dial")}
          loading={busy === "dial"}
          disabled={!enabled || phone.trim().length < 2}
        />
      </Space.Compact>
      <QuickDials enabled={enabled} />
      {campaigns.length > 0 && (
        <Select
          size="small"
          variant="borderless"
          value={campaignId ?? 0}
          aria-label={t("desk.dialFor")}
          onChange={(id: number) => setCampaignId(id === 0 ? undefined : id)}
          options={[
            { value: 0, label: t("desk.dialForNone") },
            ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
          ]}
        />
      )}
    </form>
  );
}
