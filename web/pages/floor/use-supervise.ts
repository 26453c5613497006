import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SuperviseMode } from "../../../shared/call-control.ts";
import { deskState } from "../../../shared/desk.ts";
import { isSignedIn, useDeskIfAny } from "../../features/desk/desk-context.ts";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";

export interface Supervising {
  callId: string;
  /** Null: the call is the supervisor's own by now. */
  mode: SuperviseMode | null;
}

interface Wish {
  callId: string;
  mode: SuperviseMode;
  timer: ReturnType<typeof setTimeout>;
}
/** A headset that takes longer does not come. */
const headsetWithinMs = 20_000;

/** The supervisor's own part in calls. Without a headset on the line it is connected first, and the wish waits for it. */
export function useSupervise() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const desk = useDeskIfAny();
  const wish = useRef<Wish>(undefined);
  const state = desk?.state;
  const ready = isSignedIn(state) && state.legUp;
  const own = state?.call?.parties.find(({ me }) => me);
  const now: Supervising | null =
    state?.call && own?.role === "supervisor" ? { callId: state.call.callId, mode: own.mode } : null;

  const send = useCallback(
    async (callId: string, mode: SuperviseMode | null) => {
      try {
        await api.post("/desk/call/supervise", deskState, { callId, mode });
      } catch (error) {
        void message.error({ content: errorText(error), duration: 6 });
      }
    },
    [message],
  );

  useEffect(() => {
    const due = wish.current;
    if (!ready || !due) return;
    wish.current = undefined;
    clearTimeout(due.timer);
    void send(due.callId, due.mode);
  }, [ready, send]);
  useEffect(() => () => clearTimeout(wish.current?.timer), []);

  const connect = useCallback(async () => {
    if (!desk?.deskId || isSignedIn(desk.state)) return true;
    return desk.run("sign-in", { deskId: desk.deskId, endpoint: "browser", campaignIds: [] });
  }, [desk]);

  const join = async (callId: string, mode: SuperviseMode) => {
    if (ready) return send(callId, mode);
    void message.info(t("floor.headset.connecting"));
    clearTimeout(wish.current?.timer);
    const giveUp = () => {
      wish.current = undefined;
      void message.error(t("errors.supervisor-no-phone"));
    };
    wish.current = { callId, mode, timer: setTimeout(giveUp, headsetWithinMs) };
    if (await connect()) return;
    clearTimeout(wish.current?.timer);
    wish.current = undefined;
  };
  return {
    now,
    /** Undefined: this person has no desk. */
    headset: desk
      ? ready
        ? ("up" as const)
        : isSignedIn(state)
          ? ("coming" as const)
          : ("none" as const)
      : undefined,
    connect: () => void connect(),
    disconnect: () => void desk?.run("sign-out", {}),
    join: (callId: string, mode: SuperviseMode) => void join(callId, mode),
    leave: () => now && void send(now.callId, null),
  };
}
export type Supervise = ReturnType<typeof useSupervise>;
