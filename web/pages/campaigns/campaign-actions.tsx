import {
  CaretRightOutlined,
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  EllipsisOutlined,
  PauseOutlined,
  BorderOutlined,
} from "@ant-design/icons";
import { App, Button, Dropdown, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { CampaignStatus, StartProblem } from "../../../shared/campaigns.ts";
import { api, ApiError } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../ui/use-act.ts";
import { useDelete } from "../../ui/use-delete.tsx";
import { campaignsKey } from "./campaign-api.ts";
import { CopyCampaign } from "./copy-campaign.tsx";
import { useDanger } from "../../ui/use-danger.ts";

interface Props {
  campaign: { id: number; name: string; status: CampaignStatus };
  small?: boolean;
}

type Command = "start" | "pause" | "stop";

/** Starting a campaign that lacks something says what, with the way there. */
function useCommand(id: number) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const act = useAct(
    async (command: Command) => {
      try {
        await api.post(`/campaigns/${id}/${command}`, null, {});
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "campaign-not-ready") throw error;
        modal.warning({
          title: t("campaigns.notReady"),
          content: (
            <ul style={{ paddingInlineStart: 18 }}>
              {(error.detail["missing"] as StartProblem[]).map((problem) => (
                <li key={problem}>{t(`campaigns.problem.${problem}`)}</li>
              ))}
            </ul>
          ),
          okText: t("campaigns.complete"),
          closable: true,
          onOk: () => void navigate(`/campaigns/${id}/edit`),
        });
      }
    },
    { stale: [campaignsKey] },
  );
  return act;
}

/** What can be done with a campaign in its status. */
export function CampaignActions({ campaign, small = false }: Props) {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const mayRun = useCan("campaigns.run");
  const mayManage = useCan("campaigns.manage");
  const [copying, setCopying] = useState(false);
  const command = useCommand(campaign.id);
  const remove = useDelete(() => api.delete(`/campaigns/${campaign.id}`), {
    stale: [campaignsKey],
    said: t("common.deleted"),
    onDone: () => void navigate("/campaigns"),
  });
  const size = small ? ("small" as const) : ("middle" as const);
  const busy = (name: Command) => command.isPending && command.variables === name;
  const running = campaign.status === "running";
  const stop = () =>
    danger({
      title: t("campaigns.stopQuestion", { name: campaign.name }),
      content: t("campaigns.stopHelp"),
      okText: t("campaigns.stop"),
      onOk: () => command.mutateAsync("stop"),
    });
  const confirmRemoval = () =>
    danger({
      title: t("campaigns.deleteQuestion", { name: campaign.name }),
      content: t("campaigns.deleteHelp"),
      okText: t("common.delete"),
      onOk: () => remove.ask(undefined),
    });
  const items = [
    mayManage && {
      key: "edit",
      icon: <EditOutlined />,
      label: t("common.edit"),
      onClick: () => void navigate(`/campaigns/${campaign.id}/edit`),
    },
    mayManage && {
      key: "copy",
      icon: <CopyOutlined />,
      label: t("common.copy"),
      onClick: () => setCopying(true),
    },
    mayRun &&
      campaign.status !== "stopped" && {
        key: "stop",
        icon: <BorderOutlined />,
        label: t("campaigns.stop"),
        onClick: stop,
      },
    mayManage &&
      !running && {
        key: "delete",
        icon: <DeleteOutlined />,
        danger: true,
        label: t("common.delete"),
        onClick: confirmRemoval,
      },
  ].filter((item) => item !== false);
  return (
    <Flex gap={6}>
      {mayRun && running && (
        <Button
          size={size}
          icon={<PauseOutlined />}
          loading={busy("pause")}
          onClick={() => command.mutate("pause")}
        >
          {t("campaigns.pause")}
        </Button>
      )}
      {mayRun && !running && (
        <Button
          size={size}
          type={small ? "default" : "primary"}
          icon={<CaretRightOutlined />}
          loading={busy("start")}
          onClick={() => command.mutate("start")}
        >
          {t("campaigns.start")}
        </Button>
      )}
      {items.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items }}>
          <Button
            size={size}
            icon={<EllipsisOutlined />}
            aria-label={t("campaigns.moreOf", { name: campaign.name })}
          />
        </Dropdown>
      )}
      {copying && <CopyCampaign campaign={campaign} onClose={() => setCopying(false)} />}
    </Flex>
  );
}
