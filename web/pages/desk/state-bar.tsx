import { DownOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Tooltip, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DeskState } from "../../../shared/desk.ts";
import { useForwardingChange } from "../../features/desk/use-forwarding.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { LevelBar } from "../../features/desk/level-bar.tsx";
import { QualityBadge } from "../../features/desk/quality-badge.tsx";
import { TimeSince } from "../../features/desk/timer.tsx";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { releaseFocus, useShortcuts } from "../../features/desk/use-keys.ts";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { DeviceDialog } from "./device-dialog.tsx";

const inCall = new Set(["ringing", "talking", "wrap-up"]);

/** Who I am to the dialler now, since when, and what I may become. */
export function StateBar({ state, onHelp }: { state: DeskState; onHelp: () => void }) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  const reasons = usePauseReasons();
  const reason = reasons.labelOf(state.pauseReasonId);
  const busyOnCall = inCall.has(state.state);
  return (
    <div className={`desk-state desk-state-${state.state}`}>
      <Flex align="baseline" gap={12} className="desk-state-name">
        <strong>{t(`desk.state.${state.state}`)}</strong>
        <span className="desk-state-timer" aria-hidden>
          <TimeSince at={state.since} />
        </span>
        {state.state === "paused" && reason && <span>{reason}</span>}
        {state.next && (
          <Typography.Text>
            {t(`desk.next.${state.next}`, { reason: reason ?? "" })}{" "}
            <Button type="link" size="small" onClick={() => void run("ready", {})}>
              {t("desk.takeBack")}
            </Button>
          </Typography.Text>
        )}
      </Flex>
      <Flex gap={8} wrap align="center">
        <PhoneMeters />
        {!busyOnCall && (
          <Button
            type="primary"
            disabled={state.state === "ready" || state.state === "preview"}
            loading={busy === "ready"}
            aria-keyshortcuts={ariaKeys("ready")}
            onClick={() => void run("ready", {})}
          >
            {t("desk.ready")}
          </Button>
        )}
        <LineButtons state={state} />
        <PauseMenu label={t(busyOnCall ? "desk.pauseAfter" : "desk.pause")} />
        <Button
          aria-keyshortcuts={ariaKeys("signOut")}
          onClick={() => void run("sign-out", {})}
          disabled={state.next === "sign-out"}
        >
          {t(busyOnCall ? "desk.signOutAfter" : "desk.signOut")}
        </Button>
        {state.endpoint === "browser" && <DeviceDialog />}
        <Tooltip title={t("desk.keys.title")}>
          <Button
            type="text"
            className="desk-help"
            icon={<QuestionCircleOutlined />}
            aria-label={t("desk.keys.title")}
            aria-keyshortcuts={ariaKeys("help")}
            onClick={onHelp}
          />
        </Tooltip>
      </Flex>
    </div>
  );
}

/** Do-not-disturb, and what waits for this person. */
function LineButtons({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  const change = useForwardingChange();
  const toggle = () => change.mutate({ doNotDisturb: !state.doNotDisturb });
  useShortcuts({ doNotDisturb: toggle });
  return (
    <>
      <Button
        aria-pressed={state.doNotDisturb}
        aria-keyshortcuts={ariaKeys("doNotDisturb")}
        type={state.doNotDisturb ? "primary" : "default"}
        danger={state.doNotDisturb}
        loading={change.isPending}
        onClick={toggle}
      >
        {t("myLine.doNotDisturb")}
      </Button>
      {(state.unheardMessages > 0 || state.forwarded) && (
        <Link to="/my-line" className="desk-flag desk-flag-warn">
          {state.forwarded && t("myLine.forwarded")}{" "}
          {state.unheardMessages > 0 && t("myLine.unheard", { count: state.unheardMessages })}
        </Link>
      )}
    </>
  );
}

function PauseMenu({ label }: { label: string }) {
  const { run } = useDesk();
  const [open, setOpen] = useState(false);
  const { items, labelOf } = usePauseReasons();
  useShortcuts({
    pause: () => setOpen(true),
    pauseReason: open && items.map((reason) => () => choose(reason.id)),
  });
  function choose(reasonId: number) {
    setOpen(false);
    releaseFocus();
    void run("pause", { reasonId });
  }
  return (
    <Dropdown
      trigger={["click"]}
      open={open}
      onOpenChange={setOpen}
      autoFocus
      menu={{
        items: items.map((reason, index) => ({
          key: reason.id,
          label: labelOf(reason.id),
          extra: index < 9 ? <kbd>{index + 1}</kbd> : null,
        })),
        onClick: ({ key }) => choose(Number(key)),
      }}
    >
      <Button aria-keyshortcuts={ariaKeys("pause")}>
        {label} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

/** Both directions of the line and its grade; nothing for desk phones, which show their own. */
function PhoneMeters() {
  const { t } = useTranslation();
  const { phoneState, muted } = useDesk();
  if (phoneState.leg !== "up") return null;
  return (
    <Flex align="center" gap={10} className="desk-meters" data-phone-leg={phoneState.leg}>
      <LevelBar
        stream={phoneState.microphoneStream}
        label={t(muted ? "desk.youMuted" : "desk.you")}
        width={44}
      />
      <LevelBar stream={phoneState.farEndStream} label={t("desk.farEnd")} width={44} />
      <QualityBadge quality={phoneState.quality} />
    </Flex>
  );
}
