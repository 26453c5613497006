import { RobotOutlined } from "@ant-design/icons";
import { Alert, Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useDesk } from "../../features/desk/desk-context.ts";

/** What the call is taken for, where that is no person, and what the agent may do about it. */
export function NoPerson({ call }: { call: DeskCall }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const { suspect, mayLeaveMessage } = call;
  return (
    <Flex vertical gap={6} align="center" data-suspect={suspect ?? "none"}>
      {suspect && (
        <Alert
          type="warning"
          showIcon
          icon={<RobotOutlined />}
          role="status"
          title={t(`desk.suspect.${suspect}`)}
        />
      )}
      <Flex gap={6} wrap justify="center">
        <Button
          size="small"
          type={suspect ? "primary" : "default"}
          icon={<RobotOutlined />}
          aria-keyshortcuts={ariaKeys("machine")}
          title={t("desk.machineHelp")}
          onClick={() => void run("no-person", { outcome: suspect ?? "machine" })}
        >
          {t(suspect ? "desk.machineHangUp" : "desk.machine")}
        </Button>
        {mayLeaveMessage && (
          <Button
            size="small"
            aria-keyshortcuts={ariaKeys("leaveMessage")}
            title={t("desk.leaveMessageHelp")}
            onClick={() => void run("leave-message", {})}
          >
            {t("desk.leaveMessage")}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
