import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meKey } from "../../lib/session.ts";
import { NarrowPage } from "./narrow-page.tsx";
import { PasswordForm } from "./password-form.tsx";

/** Shown instead of everything else while the password was chosen by somebody else. */
export function PasswordPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <NarrowPage title={t("common.choosePassword")} help={t("common.choosePasswordHelp")}>
      <PasswordForm onDone={() => void client.invalidateQueries({ queryKey: meKey })} />
    </NarrowPage>
  );
}
