import { Button, Flex, Typography } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isSignedIn, useDeskIfAny } from "../../features/desk/desk-context.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { EmptyState, PageLoading } from "../../ui/states.tsx";
import "./desk.css";
import { DeskBanners } from "./desk-banners.tsx";
import { SignInPanel } from "./sign-in-panel.tsx";

const prefetchAfterMs = 1500;
const loadWorkplace = () => import("./workplace.tsx");
const Workplace = lazy(async () => ({ default: (await loadWorkplace()).Workplace }));

/** The agent's one page: sign-in, then call, customer and work side by side. */
export function DeskPage() {
  const { t } = useTranslation();
  const desk = useDeskIfAny();
  useEffect(() => {
    // While the headset is tried.
    const timer = setTimeout(() => void loadWorkplace().catch(() => {}), prefetchAfterMs);
    return () => clearTimeout(timer);
  }, []);
  if (!desk) return <EmptyState text={t("desk.noDesk")} />;
  const { state, deskId } = desk;
  if (!state || !deskId) return desk.online ? <PageLoading /> : <Waiting />;
  if (!isSignedIn(state)) {
    return (
      <Page title={t("navigation.desk")}>
        <DeskBanners />
        <SignInPanel state={state} deskId={deskId} />
      </Page>
    );
  }
  return desk.inCharge ? (
    <Suspense fallback={<PageLoading />}>
      <Workplace state={state} />
    </Suspense>
  ) : (
    <OtherDesk />
  );
}

function Waiting() {
  return (
    <>
      <DeskBanners />
      <PageLoading />
    </>
  );
}

/** The agent is signed in elsewhere: this desk only offers to take over. */
function OtherDesk() {
  const { t } = useTranslation();
  const { state, deskId, run, busy } = useDeskIfAny()!;
  if (!state || !deskId) return null;
  const takeOver = () =>
    void run("sign-in", {
      deskId,
      endpoint: state.endpoint,
      campaignIds: state.campaigns.map((campaign) => campaign.id),
    });
  return (
    <Flex justify="center" style={{ paddingTop: "8vh" }}>
      <Panel style={{ maxWidth: 460 }}>
        <Typography.Title level={1} style={{ fontSize: 20, marginTop: 0 }}>
          {t("desk.otherDesk.title")}
        </Typography.Title>
        <Typography.Paragraph>{t("desk.otherDesk.text")}</Typography.Paragraph>
        <Button type="primary" size="large" loading={busy === "sign-in"} onClick={takeOver}>
          {t("desk.otherDesk.takeOver")}
        </Button>
      </Panel>
    </Flex>
  );
}
