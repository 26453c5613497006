import { useTranslation } from "react-i18next";
import { ShownOnce } from "../../ui/shown-once.tsx";

/** The secret that signs, shown this once. */
export function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t("webhooks.secret")}
      help={t("webhooks.secretOnce")}
      value={secret}
      onClose={onClose}
    />
  );
}
