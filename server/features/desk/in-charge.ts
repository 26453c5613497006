import { conflict } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";

/** A desk that another one has replaced may not act any more; `X-Desk-Id` says which one asks. */
export function checkInCharge(agents: AgentRegistry, userId: number, deskId: unknown): void {
  const agent = agents.get(userId);
  if (agent && typeof deskId === "string" && deskId !== agent.deskId)
    throw conflict("desk-not-in-charge", "You are signed in at another desk.");
}
