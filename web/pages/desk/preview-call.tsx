import { PhoneOutlined, StepForwardOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Progress, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { releaseFocus, useShortcuts } from "../../features/desk/use-keys.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { formatPhone } from "../../lib/format-phone.ts";

type Preview = NonNullable<DeskState["preview"]>;

const skipReasons = ["wrong-record", "called-recently", "not-suitable", "later"] as const;

/** The record first: the agent reads it, then dials or skips. */
export function PreviewCall({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  const { lead } = preview;
  const [phone, setPhone] = useState(lead.phone);
  const [skipping, setSkipping] = useState(false);
  const phones = [...new Set([lead.phone, ...lead.morePhones])];
  const dial = () => void run("preview-dial", phone === lead.phone ? {} : { phone });
  const skip = (reason: string) => {
    setSkipping(false);
    releaseFocus();
    void run("preview-skip", { reason });
  };
  useShortcuts({
    previewDial: dial,
    skip: () => setSkipping(true),
    skipReason: skipping && skipReasons.map((reason) => () => skip(t(`desk.skipReason.${reason}`))),
  });
  return (
    <>
      <Flex vertical align="center" gap={2} style={{ textAlign: "center" }}>
        <Typography.Text type="secondary">{t("desk.previewTitle")}</Typography.Text>
        <Typography.Text strong style={{ fontSize: 18 }}>
          {preview.campaignName}
        </Typography.Text>
      </Flex>
      {preview.dialAt && <Countdown key={preview.dialAt} at={preview.dialAt} />}
      <Radio.Group
        vertical
        value={phone}
        onChange={(event) => setPhone(event.target.value as string)}
        aria-label={t("desk.whichNumber")}
        options={phones.map((one) => ({ value: one, label: formatPhone(one) }))}
        className="num"
      />
      <div className="desk-controls">
        <Button
          type="primary"
          size="large"
          icon={<PhoneOutlined />}
          loading={busy === "preview-dial"}
          aria-keyshortcuts={ariaKeys("previewDial")}
          onClick={dial}
        >
          {t("desk.dial")}
        </Button>
        <Dropdown
          trigger={["click"]}
          open={skipping}
          onOpenChange={setSkipping}
          autoFocus
          menu={{
            items: skipReasons.map((reason, index) => ({
              key: reason,
              label: t(`desk.skipReason.${reason}`),
              extra: <kbd>{index + 1}</kbd>,
            })),
            onClick: ({ key }) => skip(t(`desk.skipReason.${key}`)),
          }}
        >
          <Button
            size="large"
            icon={<StepForwardOutlined />}
            loading={busy === "preview-skip"}
            aria-keyshortcuts={ariaKeys("skip")}
          >
            {t("desk.skip")}
          </Button>
        </Dropdown>
      </div>
    </>
  );
}

/** The server dials by itself at `at`; the ring empties towards it. */
function Countdown({ at }: { at: string }) {
  const { t } = useTranslation();
  const now = useNow(250);
  const [start] = useState(now);
  const left = Math.max(0, Date.parse(at) - now);
  const whole = Math.max(1, Date.parse(at) - start);
  const seconds = Math.ceil(left / 1000);
  return (
    <Flex vertical align="center" gap={4}>
      <Progress type="circle" size={76} percent={(100 * left) / whole} format={() => String(seconds)} />
      <Typography.Text type="secondary">{t("desk.dialsByItself")}</Typography.Text>
    </Flex>
  );
}
