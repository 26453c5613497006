import type { Agent } from "../../agents/index.ts";

/** Free now, or free after this call: who has asked for a pause, or lost the line, is not counted on. */
export const comesFree = (agent: Agent): boolean =>
  (agent.state === "ready" || agent.state === "talking" || agent.state === "wrap-up") &&
  agent.legUp &&
  agent.next === null &&
  agent.resume === "ready";

/**
 * Agents whom each of these campaigns, whatever its mode, may begin to dial for. Who works for several counts for one
 * alone, or two campaigns would dial for one agent: the one of the highest priority, and of equals each in turn from
 * call to call (`talks`: how many the agent has had), so that none starves and a busy agent's next one is known.
 */
export function shareAgents(
  agents: readonly Agent[],
  campaigns: readonly { id: number; priority: number }[],
  talks: (userId: number) => number,
): Map<number, Agent[]> {
  const shares = new Map<number, Agent[]>(campaigns.map(({ id }) => [id, []]));
  const byId = [...campaigns].sort((a, b) => a.id - b.id);
  for (const agent of agents) {
    if (!comesFree(agent)) continue;
    const own = byId.filter(({ id }) => agent.campaignIds.includes(id));
    const highest = Math.max(...own.map(({ priority }) => priority));
    const equals = own.filter(({ priority }) => priority === highest);
    const chosen = equals[(agent.userId + talks(agent.userId)) % equals.length];
    if (chosen) shares.get(chosen.id)!.push(agent);
  }
  return shares;
}
