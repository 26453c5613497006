import { Modal, Typography } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { onSessionEnd, settleSignIn } from "../../lib/reauthentication.ts";
import { useSession } from "../../lib/session.ts";
import { liveFeed } from "../../lib/use-live.ts";
const SignInForm = lazy(async () => ({ default: (await import("./sign-in-form.tsx")).SignInForm }));

/** Opens over the page when the session has ended: what is on the page stays, and the refused request is sent again. */
export function SignInAgain() {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState(false);
  useEffect(() => onSessionEnd(() => setOpen(true)), []);
  return (
    <Modal
      open={open}
      title={t("common.sessionEnded")}
      footer={null}
      width={400}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={() => {
        setOpen(false);
        settleSignIn(false);
      }}
    >
      <Typography.Paragraph type="secondary">{t("common.sessionEndedHelp")}</Typography.Paragraph>
      <Suspense>
        <SignInForm
          login={session.login}
          onDone={() => {
            setOpen(false);
            liveFeed.restart();
            settleSignIn(true);
          }}
        />
      </Suspense>
    </Modal>
  );
}
