import { AudioOutlined } from "@ant-design/icons";
import { Button, Modal, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { DeviceCheck } from "./device-check.tsx";

/** The device check in the middle of a shift, and of a call: what is chosen is used at once. */
export function DeviceDialog() {
  const { t } = useTranslation();
  const { phone } = useDesk();
  const [open, setOpen] = useState(false);
  useShortcuts({ devices: () => setOpen(true) });
  return (
    <>
      <Tooltip title={t("desk.devices")}>
        <Button
          type="text"
          icon={<AudioOutlined />}
          aria-label={t("desk.devices")}
          aria-keyshortcuts={ariaKeys("devices")}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t("desk.devices")}
        footer={null}
        width={460}
        destroyOnHidden
      >
        <DeviceCheck onChoice={() => void phone.applyDeviceChoice()} />
      </Modal>
    </>
  );
}
