import { useQueryClient } from "@tanstack/react-query";
import { Flex, theme } from "antd";
import { type MouseEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, type RouteObject, useLocation, useNavigate } from "react-router";
import { bridge } from "../../features/embed/bridge.ts";
import { nobody } from "../../features/embed/embed-state.ts";
import { useBridge } from "../../features/embed/use-bridge.ts";
import { meKey, SessionContext, useMe } from "../../lib/session.ts";
import { liveFeed } from "../../lib/use-live.ts";
import { NarrowPage } from "../../ui/shell/narrow-page.tsx";
import { PasswordPage } from "../../ui/shell/password-page.tsx";
import { SignedIn } from "../../ui/shell/shell.tsx";
import { SignInAgain } from "../../ui/shell/sign-in-again.tsx";
import { SignInForm } from "../../ui/shell/sign-in-form.tsx";
import { AppearanceSwitch, LanguageSwitch } from "../../ui/shell/switches.tsx";
import { UserMenu } from "../../ui/shell/user-menu.tsx";
import { BrokenPage, ErrorState, PageLoading } from "../../ui/states.tsx";
import { DeskPage } from "../desk/index.tsx";
import "./embedded.css";

const inTab = (path: string) => window.open(path, "_blank", "noopener");

/** Pages beside the desk open in a tab of their own: the desk, with the call in it, stays where it is. */
function openLinkInTab(event: MouseEvent): void {
  const link = (event.target as Element).closest("a[href]");
  const href = link?.getAttribute("href");
  if (!href?.startsWith("/") || link?.hasAttribute("target")) return;
  event.preventDefault();
  inTab(href);
}

function Frame() {
  const { token } = theme.useToken();
  const { t } = useTranslation();
  useBridge();
  return (
    <div className="embedded" onClickCapture={openLinkInTab}>
      <Flex
        align="center"
        component="header"
        className="embedded-bar"
        style={{
          borderBottom: `1px solid ${token.colorBorderSecondary}`,
          background: token.colorBgContainer,
        }}
      >
        <img src="/icon.svg" alt="" width={22} height={22} />
        <strong>{t("common.product")}</strong>
        <span style={{ flex: 1 }} />
        <LanguageSwitch />
        <AppearanceSwitch />
        <UserMenu />
      </Flex>
      <main className="embedded-main">
        <Outlet />
      </main>
    </div>
  );
}

/** Signs in within the page: a frame that went elsewhere could not be loaded again. */
function SignInHere() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => bridge.setState(nobody), []);
  return (
    <NarrowPage title={t("common.signIn")}>
      <SignInForm
        onDone={(person) => {
          client.clear();
          client.setQueryData(meKey, person);
          liveFeed.restart();
          void navigate("/desk", { replace: true });
        }}
      />
    </NarrowPage>
  );
}

function EmbeddedShell() {
  const query = useMe();
  if (query.isPending) return <PageLoading />;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Navigate to="/sign-in" replace />;
  return (
    <SessionContext value={query.data}>
      {query.data.mustChangePassword ? (
        <PasswordPage />
      ) : (
        <SignedIn>
          <Frame />
        </SignedIn>
      )}
      <SignInAgain />
    </SessionContext>
  );
}

/** What would lead away from the desk is opened in a tab. */
function Elsewhere() {
  const { pathname, search } = useLocation();
  useEffect(() => void inTab(pathname + search), [pathname, search]);
  return <Navigate to="/desk" replace />;
}

/** Routes in memory: the address of the frame or window stays the one page that other origins may have. */
export const embeddedRoutes: RouteObject[] = [
  { path: "/sign-in", Component: SignInHere, ErrorBoundary: BrokenPage },
  {
    path: "/",
    Component: EmbeddedShell,
    ErrorBoundary: BrokenPage,
    children: [
      { path: "desk", Component: DeskPage, ErrorBoundary: BrokenPage },
      { path: "*", Component: Elsewhere },
    ],
  },
];
