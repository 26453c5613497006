import type { Agent, AgentRegistry } from "../agents/index.ts";
import { agentsIn, type CallView } from "../calls/index.ts";
import { waitsForAnybody } from "./desk-side-calls.ts";

/**
 * Whose desk shows a call: its agent, those in it, those it was shown to before; while it waits, those who may take it;
 * everybody when it is parked, is announced to somebody or seeks one person, or was so.
 */
export function whomItConcerns(
  agents: AgentRegistry,
  isFor: (call: CallView, agent: Agent) => boolean,
): { of(call: CallView): number[] } {
  const before = new Map<string, { users: readonly number[]; open: boolean }>();
  return {
    of(call) {
      const { core, conversation, slot, id } = call;
      const takers = waitsForAnybody(call) ? agents.all().filter((agent) => isFor(call, agent)) : [];
      const users = [
        ...agentsIn(conversation),
        ...(core.agentUserId === null ? [] : [core.agentUserId]),
        ...takers.map(({ userId }) => userId),
      ];
      const isInvited = conversation.parties.some(
        ({ kind, state }) => kind.type === "agent" && state === "invited",
      );
      const open = slot !== null || isInvited || call.personal !== null;
      const last = before.get(id);
      if (core.state === "closed") before.delete(id);
      else before.set(id, { users, open });
      if (open || last?.open) return agents.all().map(({ userId }) => userId);
      const shown = new Set([...users, ...(last?.users ?? [])]);
      return [...shown].filter((userId) => agents.get(userId) !== undefined);
    },
  };
}
