import { Alert, Flex, Modal, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { AnnouncementTrial } from "../../../shared/announcements.ts";

/** What a call would hear in a recording, in order. */
export function Trial({ trial, onClose }: { trial: AnnouncementTrial; onClose: () => void }) {
  const { t } = useTranslation();
  const heard = [
    ...trial.tones.map(({ tone, atMs, cause }) => ({
      name: t(`announcements.tone.${tone}`, { defaultValue: tone }),
      atMs,
      cause,
      note: "",
    })),
    ...trial.announcements.map(({ name, atMs, cause, errorRate }) => ({
      name,
      atMs,
      cause,
      note: t("announcements.error", { percent: Math.round(errorRate * 100) }),
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  return (
    <Modal open title={t("announcements.tryTitle")} footer={null} onCancel={onClose}>
      {heard.length === 0 ? (
        <Alert type="info" showIcon title={t("announcements.heardNothing")} />
      ) : (
        <Flex vertical gap={10}>
          {heard.map((sound) => (
            <Flex key={`${sound.name}${sound.atMs}`} gap={8} align="center" wrap>
              {t("announcements.heard", { name: sound.name, seconds: (sound.atMs / 1000).toFixed(1) })}
              {sound.cause && <Tag variant="filled">{t(`cause.${sound.cause}`)}</Tag>}
              <span style={{ opacity: 0.65 }}>{sound.note}</span>
            </Flex>
          ))}
        </Flex>
      )}
    </Modal>
  );
}
