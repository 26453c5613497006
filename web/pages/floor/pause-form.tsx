import { Button, Flex, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";

/** Which pause somebody is sent into; by number, too. */
export function PauseForm({
  open,
  onChoose,
  onClose,
}: {
  open: boolean;
  onChoose: (reasonId: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { items, labelOf } = usePauseReasons();
  return (
    <Modal
      open={open}
      title={t("floor.pauseReason")}
      footer={null}
      onCancel={onClose}
      width={360}
      destroyOnHidden
    >
      <Flex
        vertical
        gap={8}
        onKeyDown={({ key }) => {
          const reason = items[Number(key) - 1];
          if (/^[1-9]$/.test(key) && reason) onChoose(reason.id);
        }}
      >
        {items.map((reason, index) => (
          <Button key={reason.id} block autoFocus={index === 0} onClick={() => onChoose(reason.id)}>
            {labelOf(reason.id)} {index < 9 && <kbd>{index + 1}</kbd>}
          </Button>
        ))}
      </Flex>
    </Modal>
  );
}
