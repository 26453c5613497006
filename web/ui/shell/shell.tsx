import { Button, Drawer, Flex, Grid, Layout, theme } from "antd";
import { MenuOutlined } from "@ant-design/icons";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { setZone } from "../../lib/format.ts";
import { CompanyContext, SessionContext, useMe, useSettings } from "../../lib/session.ts";
import { DeskBar } from "../../features/desk/desk-bar.tsx";
import { SupervisorMessages } from "../../features/desk/supervisor-messages.tsx";
import { DeskProvider } from "../../features/desk/desk-provider.tsx";
import { ErrorState, PageLoading } from "../states.tsx";
import { useReachableScrollers } from "../use-reachable-scrollers.ts";
import { AppearanceSwitch, LanguageSwitch } from "./switches.tsx";
import { SideMenu } from "./side-menu.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { UserMenu } from "./user-menu.tsx";

const PasswordPage = lazy(async () => ({ default: (await import("./password-page.tsx")).PasswordPage }));
const menuWidth = 208;

function Frame() {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const wide = Grid.useBreakpoint().lg ?? true;
  const [open, setOpen] = useState(false);
  useReachableScrollers();
  const border = `1px solid ${token.colorBorderSecondary}`;
  return (
    <Layout style={{ minHeight: "100dvh" }}>
      <a className="skip-link" href="#main">
        {t("common.skipToContent")}
      </a>
      {wide && (
        <Layout.Sider
          width={menuWidth}
          style={{
            background: token.colorBgContainer,
            borderInlineEnd: border,
            position: "sticky",
            top: 0,
            height: "100dvh",
            overflow: "auto",
          }}
        >
          <SideMenu />
        </Layout.Sider>
      )}
      <Layout style={{ minWidth: 0 }}>
        <Layout.Header
          style={{
            position: "sticky",
            top: 0,
            zIndex: 20,
            background: token.colorBgContainer,
            borderBottom: border,
            lineHeight: 1,
          }}
        >
          <Flex align="center" gap={4} style={{ height: "100%" }}>
            {!wide && (
              <Button
                type="text"
                icon={<MenuOutlined />}
                aria-label={t("common.menu")}
                onClick={() => setOpen(true)}
              />
            )}
            <div style={{ flex: 1, minWidth: 0 }}>
              <DeskBar />
            </div>
            <LanguageSwitch />
            <AppearanceSwitch />
            <UserMenu />
          </Flex>
        </Layout.Header>
        <Layout.Content id="main" tabIndex={-1} style={{ padding: wide ? 24 : 12, outline: "none" }}>
          <SupervisorMessages />
          <Outlet />
        </Layout.Content>
      </Layout>
      <Drawer
        open={open && !wide}
        onClose={() => setOpen(false)}
        placement="left"
        size={menuWidth + 32}
        closable={false}
        styles={{ body: { padding: 0 } }}
      >
        <SideMenu onOpen={() => setOpen(false)} />
      </Drawer>
    </Layout>
  );
}

/** The pages, once the company's settings are known. */
export function SignedIn({ children }: { children: ReactNode }) {
  const settings = useSettings();
  if (settings.isPending) return <PageLoading />;
  if (!settings.data) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  setZone(settings.data.timeZone);
  return (
    <CompanyContext value={settings.data}>
      <DeskProvider>{children}</DeskProvider>
    </CompanyContext>
  );
}

/** Everything behind the sign-in: menu, header, the phone, and the dialog when the session ends. */
export function Shell() {
  const query = useMe();
  const location = useLocation();
  if (query.isPending) return <PageLoading />;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) {
    const next = location.pathname + location.search;
    return <Navigate to={`/sign-in${next === "/" ? "" : `?next=${encodeURIComponent(next)}`}`} replace />;
  }
  return (
    <SessionContext value={query.data}>
      {query.data.mustChangePassword ? (
        <Suspense fallback={<PageLoading />}>
          <PasswordPage />
        </Suspense>
      ) : (
        <SignedIn>
          <Frame />
        </SignedIn>
      )}
      <SignInAgain />
    </SessionContext>
  );
}
