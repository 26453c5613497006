import { Checkbox, Flex, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveAgent, LiveCampaign } from "../../../shared/live.ts";

interface Props {
  userIds: number[];
  agents: Readonly<Record<string, LiveAgent>>;
  campaigns: readonly LiveCampaign[];
  onMove: (userIds: number[], add: number[], remove: number[]) => Promise<boolean>;
  onClose: () => void;
}

/** What the chosen agents work in from now on; a box that only some of them have stands in between and changes nothing. */
export function MoveForm({ userIds, agents, campaigns, onMove, onClose }: Props) {
  const { t } = useTranslation();
  const [changed, setChanged] = useState<Record<number, boolean>>({});
  const [busy, setBusy] = useState(false);
  const chosen = userIds.flatMap((id) => agents[id] ?? []);
  const offered = campaigns.filter(({ status }) => status !== "stopped");
  const ids = (on: boolean) =>
    Object.entries(changed).flatMap(([id, wanted]) => (wanted === on ? [Number(id)] : []));
  async function move() {
    setBusy(true);
    const done = await onMove(userIds, ids(true), ids(false));
    setBusy(false);
    if (done) onClose();
  }
  return (
    <Modal
      open
      title={t("floor.move.title", { count: chosen.length })}
      okText={t("floor.move.move")}
      cancelText={t("common.cancel")}
      okButtonProps={{ disabled: Object.keys(changed).length === 0, loading: busy }}
      onOk={() => void move()}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t("floor.move.help")}</Typography.Paragraph>
      <Typography.Paragraph>{chosen.map(({ name }) => name).join(", ")}</Typography.Paragraph>
      <Flex vertical gap={8}>
        {offered.map(({ campaignId, name, status }) => {
          const inIt = chosen.filter((agent) => agent.campaignIds.includes(campaignId)).length;
          const wanted = changed[campaignId];
          return (
            <Checkbox
              key={campaignId}
              checked={wanted ?? (inIt > 0 && inIt === chosen.length)}
              indeterminate={wanted === undefined && inIt > 0 && inIt < chosen.length}
              onChange={({ target }) => setChanged({ ...changed, [campaignId]: target.checked })}
            >
              {name} {status !== "running" && `· ${t(`campaigns.status.${status}`)}`}
            </Checkbox>
          );
        })}
        {offered.length === 0 && t("floor.noCampaigns")}
      </Flex>
    </Modal>
  );
}
