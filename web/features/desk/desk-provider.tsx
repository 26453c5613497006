import { App } from "antd";
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import {
  type DeskCommand,
  type DeskCommandBody,
  type DeskState,
  deskState,
  sipCredentials,
} from "../../../shared/desk.ts";
import { api } from "../../lib/api.ts";
import { DialContext, type DialRequest } from "../../lib/dial.ts";
import { useCan } from "../../lib/session.ts";
import { liveFeed, useLive } from "../../lib/use-live.ts";
import { Phone } from "../../phone/phone.ts";
import { useCallbackNotice } from "./callback-notice.tsx";
import { type Desk, DeskContext, isSignedIn } from "./desk-context.ts";
import { claimDeskId } from "./desk-id.ts";
import { deskErrorText } from "./refusal-text.ts";
import { useBrowserMute } from "./use-mute.ts";
import { sendUnsent } from "./unsent.ts";
import { useCutShort } from "./use-cut-short.ts";
import { useRinger } from "./use-ringer.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";

/** Keeps the agent's desk and phone alive while they move between pages, and gives every page click-to-dial. */
export function DeskProvider({ children }: { children: ReactNode }) {
  return useCan("desk.use") ? <ActiveDesk>{children}</ActiveDesk> : children;
}

function newPhone(): Phone {
  const url = new URL("/sip", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new Phone({
    url: url.href,
    fetchCredentials: (renew) => api.post("/desk/sip-credentials", sipCredentials, { renew }),
    unreachable: () => liveFeed.redial(),
  });
}

/** One phone for the page; it runs while the server says that this browser is the agent's headset. */
function usePhone(wanted: boolean) {
  const [phone] = useState(newPhone);
  const phoneState = useSyncExternalStore(phone.subscribe, phone.snapshot);
  useEffect(() => {
    if (wanted) phone.start();
    else phone.stop();
  }, [phone, wanted]);
  useEffect(() => () => phone.stop(), [phone]);
  return { phone, phoneState };
}

function useDeskId(): string | undefined {
  const [deskId, setDeskId] = useState<string>();
  useEffect(() => void claimDeskId().then(setDeskId), []);
  return deskId;
}

/** After these the call may be a colleague's: what was just typed goes with it. */
const handsOn: ReadonlySet<DeskCommand> = new Set([
  "call/transfer",
  "call/complete",
  "call/leave",
  "call/park",
]);

function useCommands(deskId: string | undefined) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState<DeskCommand>();
  const run = useCallback(
    async <C extends DeskCommand>(command: C, body: DeskCommandBody<C>): Promise<boolean> => {
      setBusy(command);
      if (handsOn.has(command)) await sendUnsent();
      try {
        await api.post(`/desk/${command}`, deskState, body, deskId ? { "x-desk-id": deskId } : {});
        return true;
      } catch (error) {
        void message.error(deskErrorText(error));
        return false;
      } finally {
        setBusy(undefined);
      }
    },
    [message, deskId],
  );
  return { busy, run };
}

function ActiveDesk({ children }: { children: ReactNode }) {
  const live = useLive<DeskState>("desk");
  const state = live.items["me"];
  const deskId = useDeskId();
  useCallbackNotice(state);
  const inCharge = isSignedIn(state) && state.deskId === deskId;
  useRinger(state, inCharge);
  const { phone, phoneState } = usePhone(inCharge && state.endpoint === "browser");
  const { busy, run } = useCommands(deskId);
  const [browserMuted, setBrowserMuted] = useBrowserMute(phone, phoneState, state);
  useLeaveWarning(inCharge && state.endpoint === "browser" && state.call !== null);
  const byPhone = state?.endpoint === "phone";
  const online = live.status === "live";
  const cutShort = useCutShort(state, online, inCharge);
  const talking = state?.state === "talking";
  const muted = (state?.call?.muted ?? false) || (!byPhone && browserMuted);
  const desk = useMemo<Desk>(() => {
    // The microphone is closed at once; the server knows it for whoever else is in the call.
    const setMuted = (on: boolean) => {
      if (!byPhone) setBrowserMuted(on);
      if (talking) void run("mute", { on });
    };
    return { state, online, deskId, inCharge, cutShort, phone, phoneState, muted, busy, run, setMuted };
  }, [
    state,
    online,
    deskId,
    inCharge,
    cutShort,
    phone,
    phoneState,
    muted,
    busy,
    run,
    byPhone,
    talking,
    setBrowserMuted,
  ]);
  return (
    <DeskContext value={desk}>
      <ClickToDial desk={desk}>{children}</ClickToDial>
    </DeskContext>
  );
}

/** Numbers on every page are buttons while the agent could place a call; dialling opens the desk. */
function ClickToDial({ desk, children }: { desk: Desk; children: ReactNode }) {
  const navigate = useNavigate();
  const { run } = desk;
  const dial = useCallback(
    async (request: DialRequest) => {
      if (await run("dial", request)) await navigate("/desk");
    },
    [run, navigate],
  );
  return <DialContext value={desk.inCharge ? (request) => void dial(request) : null}>{children}</DialContext>;
}
