import { createContext, use } from "react";
import type { DeskCommand, DeskCommandBody, DeskState } from "../../../shared/desk.ts";
import type { Phone, PhoneSnapshot } from "../../phone/phone.ts";

/** The desk as pages see it: the server's state, this browser's phone, and the commands. */
export interface Desk {
  /** Undefined until the server told. */
  state: DeskState | undefined;
  /** False while the push connection is down: `state` is then the last known. */
  online: boolean;
  /** This browser tab's desk; undefined for a moment at start. */
  deskId: string | undefined;
  /** The signed-in desk is this one. */
  inCharge: boolean;
  /** The server restarted in the middle of this desk's shift. */
  cutShort: boolean;
  phone: Phone;
  phoneState: PhoneSnapshot;
  muted: boolean;
  /** The command that is on its way. */
  busy: DeskCommand | undefined;
  /** Sends a command; false when it was refused, and the agent was told why. */
  run: <C extends DeskCommand>(command: C, body: DeskCommandBody<C>) => Promise<boolean>;
  setMuted: (on: boolean) => void;
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk of the signed-in person; null for people without one. */
export const useDeskIfAny = () => use(DeskContext);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("useDesk outside of the desk's provider");
  return desk;
}

export const isSignedIn = (state: DeskState | undefined): state is DeskState =>
  state !== undefined && state.state !== "signed-out";
