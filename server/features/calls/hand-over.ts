import type { AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { agentParty } from "./parties.ts";

/** A ready colleague has the call at once, with all that was written; false when they are not ready. */
export type HandOver = (call: ActiveCall, userId: number) => boolean;

export function createHandOver(deps: {
  agents: AgentRegistry;
  conversations: Conversations;
  /** The agent hears that a customer is there. */
  announce: (call: ActiveCall) => void;
}): HandOver {
  const { agents, conversations } = deps;
  return (call, userId) => {
    if (!agents.feed(userId, { type: "assign", callId: call.id }).ok) return false;
    const kind = { type: "agent", userId } as const;
    conversations.step(call, { type: "bring", kind, role: "guest", state: "here" });
    conversations.step(call, { type: "take-over", id: agentParty(userId) });
    deps.announce(call);
    return true;
  };
}
