import type { AgentState } from "./desk.ts";
import type { ForceType } from "./floor.ts";

const busy: readonly AgentState[] = ["ringing", "talking", "wrap-up"];

/** Why an agent in this state cannot be made to do it, as an error code; null: they can. */
export function refusalOf(act: ForceType, state: AgentState): string | null {
  if (state === "signed-out") return "agent-signed-out";
  switch (act) {
    case "ready":
      return state === "preview" ? "agent-on-preview" : null;
    case "end-wrap-up":
      return state === "wrap-up" ? null : "agent-not-in-wrap-up";
    case "pause":
    case "sign-out":
      return null;
  }
}

/** It comes once the call or the wrap-up is over. */
export const isAfterCall = (act: ForceType, state: AgentState): boolean =>
  act !== "end-wrap-up" && busy.includes(state);
