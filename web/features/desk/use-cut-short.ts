import { useState } from "react";
import type { DeskState } from "../../../shared/desk.ts";

type Shift = "none" | "at-work" | "away" | "cut-short";

function shiftAfter(was: Shift, seen: { online: boolean; inCharge: boolean; isOut: boolean }): Shift {
  if (seen.inCharge) return seen.online ? "at-work" : "away";
  if (!seen.online) return was === "at-work" ? "away" : was;
  return seen.isOut && (was === "away" || was === "cut-short") ? "cut-short" : "none";
}

/**
 * True when this desk was at work before the server went away and is signed out now that it is back: a restart ends
 * calls and shifts, and the agent is told so. Until the next sign-in.
 */
export function useCutShort(state: DeskState | undefined, online: boolean, inCharge: boolean): boolean {
  const [shift, setShift] = useState<Shift>("none");
  const now = shiftAfter(shift, { online, inCharge, isOut: state?.state === "signed-out" });
  if (now !== shift) setShift(now);
  return now === "cut-short";
}
