import { useEffect } from "react";
import { ring } from "../../phone/ringer.ts";
import type { DeskState } from "../../../shared/desk.ts";

/** Rings on the chosen loudspeaker while a call is announced to the agent, on every page. */
export function useRinger(state: DeskState | undefined, inCharge: boolean): void {
  const rings = inCharge && state?.endpoint === "browser" && state.announced.length > 0;
  useEffect(() => (rings ? ring() : undefined), [rings]);
}
