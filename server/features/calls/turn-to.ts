import { conflict } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Conversations } from "./conversations.ts";
import { agentParty } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

/**
 * An agent turns to a call: from a pause or readiness, or from another call, which is put aside with music for its
 * customer. Errors (409): `agent-not-free`, `agent-leg-down`, `agent-signed-out`, `call-not-in-state`.
 */
export type TurnTo = (userId: number, callId: string, cause?: string) => void;

export function createTurnTo(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  conversations: Conversations;
}): TurnTo {
  const { agents, runner, conversations } = deps;
  return (userId, callId, cause) => {
    const agent = agents.get(userId);
    const current = agent?.state === "talking" && agent.callId ? runner.get(agent.callId) : undefined;
    if (current && current.core.state !== "talking")
      throw conflict("call-not-in-state", `The call is ${current.core.state}.`, {
        state: current.core.state,
      });
    if (current?.id === callId) throw conflict("party-already-here", "You are on this call.");
    const fed = agents.feed(userId, { type: current ? "switch" : "join", callId }, cause);
    if (!fed.ok) throw conflict(fed.code, "You cannot take a call now.", { state: agent?.state });
    if (current) conversations.step(current, { type: "away", id: agentParty(userId) }, { type: "put-aside" });
  };
}
