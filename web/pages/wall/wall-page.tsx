import { ConfigProvider, theme as antTheme } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WallScreen } from "../../../shared/wallboards.ts";
import { keysOf } from "../../../shared/wallboards.ts";
import { BoardGrid } from "../../features/wallboards/board-grid.tsx";
import { WidgetView } from "../../features/wallboards/widget-view.tsx";
import { formatInstant } from "../../lib/format.ts";
import { showLanguage } from "../../lib/i18n/index.ts";
import { LiveFeedContext, openFeed, useLiveItem, useLiveSelect, useLiveStatus } from "../../lib/use-live.ts";
import { PageLoading } from "../../ui/states.tsx";
import { themeOf } from "../../ui/theme.ts";

/** A short break, as of a server that starts anew, is not worth a word. */
const briefMs = 3_000;

/** Since when nothing comes; null while all is well. */
function useStaleSince(): number | null {
  const isLive = useLiveStatus("screen") === "live";
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => {
    if (isLive) return undefined;
    const lost = Date.now();
    const timer = setTimeout(() => setSince(lost), briefMs);
    return () => {
      clearTimeout(timer);
      setSince(null);
    };
  }, [isLive]);
  return isLive ? null : since;
}

/** When the oldest of the day's figures were counted, if they could not be counted anew. */
const oldestCount = (days: Readonly<Record<string, { asOf: string; isOld: boolean }>>): string | null =>
  Object.values(days)
    .filter(({ isOld }) => isOld)
    .map(({ asOf }) => asOf)
    .toSorted()[0] ?? null;

function useTurn(boards: number, seconds: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (boards < 2) return undefined;
    const timer = setInterval(() => setTurn((before) => before + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [boards, seconds]);
  return boards === 0 ? 0 : turn % boards;
}

function Warning({ text }: { text: string }) {
  const { token } = antTheme.useToken();
  return (
    <strong
      role="alert"
      style={{ background: token.colorError, color: "#fff", padding: "2px 12px", borderRadius: 6 }}
    >
      {text}
    </strong>
  );
}

function Boards({ screen }: { screen: WallScreen }) {
  const { t } = useTranslation();
  const { token } = antTheme.useToken();
  const turn = useTurn(screen.boards.length, screen.seconds);
  const staleSince = useStaleSince();
  const oldSince = useLiveSelect("wall-day", oldestCount);
  const board = screen.boards[turn];
  useEffect(() => {
    document.title = screen.name;
    document.documentElement.dataset["theme"] = screen.theme;
  }, [screen]);
  return (
    <main
      style={{
        boxSizing: "border-box",
        display: "flex",
        flexDirection: "column",
        gap: "1vmin",
        minHeight: "100dvh",
        height: "100dvh",
        padding: "1.2vmin",
        background: token.colorBgLayout,
        color: token.colorText,
      }}
    >
      <header
        style={{ display: "flex", gap: 16, alignItems: "center", fontSize: "clamp(14px, 2.2vmin, 30px)" }}
      >
        <h1 style={{ fontSize: "inherit", margin: 0, flex: 1 }}>{board?.name ?? screen.name}</h1>
        {staleSince !== null ? (
          <Warning
            text={t("wallboards.stale", { at: formatInstant(new Date(staleSince).toISOString(), "time") })}
          />
        ) : (
          oldSince !== null && (
            <Warning text={t("wallboards.oldFigures", { at: formatInstant(oldSince, "time") })} />
          )
        )}
      </header>
      <div style={{ flex: 1, minHeight: 0, opacity: staleSince === null ? 1 : 0.45 }}>
        {board ? (
          <BoardGrid widgets={board.widgets} isShown>
            {(widget, _, style) => (
              <WidgetView key={widget.id} widget={widget} unitId={board.unitId} style={style} />
            )}
          </BoardGrid>
        ) : (
          <p>{t("wallboards.noBoards")}</p>
        )}
      </div>
    </main>
  );
}

function Wall() {
  const { t } = useTranslation();
  const screen = useLiveItem("screen", "me");
  const status = useLiveStatus("screen");
  const language = screen?.language;
  useEffect(() => {
    if (language) void showLanguage(language);
  }, [language]);
  if (status === "refused")
    return (
      <main style={{ display: "grid", placeItems: "center", height: "100dvh", textAlign: "center" }}>
        <div>
          <h1>{t("wallboards.revoked")}</h1>
          <p>{t("wallboards.revokedHelp")}</p>
        </div>
      </main>
    );
  if (!screen) return <PageLoading />;
  return (
    <ConfigProvider theme={themeOf(screen.theme === "dark")}>
      {/* Other boards are other keys: all of it starts over. */}
      <Boards key={screen.boards.flatMap(keysOf).join()} screen={screen} />
    </ConfigProvider>
  );
}

/** A screen on a wall: no login, but a secret in the part of the address that is never sent to a server's log. */
export function WallPage() {
  const [feed] = useState(() => openFeed("/wall", { type: "open", token: location.hash.slice(1) }));
  useEffect(() => {
    const hurry = () => feed.hurry();
    addEventListener("online", hurry);
    return () => removeEventListener("online", hurry);
  }, [feed]);
  return (
    <LiveFeedContext value={feed}>
      <Wall />
    </LiveFeedContext>
  );
}
