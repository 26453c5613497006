import { useEffect } from "react";
import type { DeskState } from "../../../shared/desk.ts";
import type { Phone, PhoneSnapshot } from "../../phone/phone.ts";

const key = "waihu.desk.muted";

/**
 * Mute of the browser's microphone. Every call begins unmuted, since a customer must hear the agent; a reload
 * within a call keeps it, since the agent believes to be unheard.
 */
export function useBrowserMute(
  phone: Phone,
  phoneState: PhoneSnapshot,
  state: DeskState | undefined,
): [boolean, (on: boolean) => void] {
  const callId = state?.call?.callId ?? null;
  useEffect(() => {
    phone.mute(callId !== null && sessionStorage.getItem(key) === callId);
  }, [phone, callId]);
  const set = (on: boolean) => {
    if (on && callId) sessionStorage.setItem(key, callId);
    else sessionStorage.removeItem(key);
    phone.mute(on);
  };
  return [phoneState.muted, set];
}
