import { Alert, Button, Checkbox, Flex, Radio, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { readSetting, writeSetting } from "../../lib/storage.ts";
import { Panel } from "../../ui/panel.tsx";
import { DeviceCheck } from "./device-check.tsx";

/** Before the shift: which campaigns, which headset, and proof that it works. */
export function SignInPanel({ state, deskId }: { state: DeskState; deskId: string }) {
  const { t } = useTranslation();
  const { run, busy, cutShort } = useDesk();
  const [chosen, setChosen] = useState(() => state.assigned.map((campaign) => campaign.id));
  const [endpoint, setEndpoint] = useState<"browser" | "phone">(() =>
    state.hasPhone && readSetting("desk.endpoint") === "phone" ? "phone" : "browser",
  );
  const [microphoneWorks, setMicrophoneWorks] = useState(false);
  const canStart = endpoint === "phone" || microphoneWorks;
  const start = async () => {
    writeSetting("desk.endpoint", endpoint);
    await run("sign-in", { deskId, endpoint, campaignIds: chosen });
  };
  return (
    <div className="desk-sign-in">
      {cutShort && (
        <Alert
          className="desk-cut-short"
          type="warning"
          showIcon
          role="alert"
          title={t("desk.signIn.cutShort")}
          description={t("desk.signIn.cutShortHelp")}
        />
      )}
      <Panel title={t("desk.signIn.campaigns")}>
        {state.assigned.length === 0 ? (
          <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
            {t("desk.signIn.noCampaigns")}
          </Typography.Paragraph>
        ) : (
          <Checkbox.Group value={chosen} onChange={setChosen} style={{ width: "100%" }}>
            <Flex vertical gap={10}>
              {state.assigned.map((campaign) => (
                <Checkbox key={campaign.id} value={campaign.id}>
                  <Flex gap={8} wrap align="center">
                    {campaign.name}
                    <Tag>{t(`desk.mode.${campaign.mode}`)}</Tag>
                    {!campaign.running && <Tag color="default">{t("desk.notRunning")}</Tag>}
                  </Flex>
                </Checkbox>
              ))}
            </Flex>
          </Checkbox.Group>
        )}
      </Panel>
      <Panel title={t("desk.signIn.headset")}>
        <Flex vertical gap={16}>
          <Radio.Group
            value={endpoint}
            onChange={(event) => setEndpoint(event.target.value as "browser" | "phone")}
            optionType="button"
            options={[
              { value: "browser", label: t("desk.endpoint.browser") },
              { value: "phone", label: t("desk.endpoint.phone"), disabled: !state.hasPhone },
            ]}
          />
          {endpoint === "browser" ? (
            <DeviceCheck onWorks={setMicrophoneWorks} />
          ) : (
            <Alert type="info" showIcon title={t("desk.signIn.phoneHelp")} />
          )}
          {!state.hasPhone && (
            <Typography.Text type="secondary">
              {t("desk.signIn.noPhone")}{" "}
              <Link to="/profile" className="desk-link">
                {t("desk.signIn.toProfile")}
              </Link>
            </Typography.Text>
          )}
        </Flex>
      </Panel>
      <Flex gap={12} align="center" wrap className="desk-sign-in-start">
        <Button
          type="primary"
          size="large"
          disabled={!canStart}
          loading={busy === "sign-in"}
          onClick={() => void start()}
        >
          {t("desk.signIn.start")}
        </Button>
        {!canStart && <Typography.Text type="secondary">{t("desk.signIn.needsMicrophone")}</Typography.Text>}
      </Flex>
    </div>
  );
}
