import type { Agent } from "../../agents/index.ts";

/**
 * Agents that each predictive campaign may count on: those who are free, or will be after their call. Who works for
 * several of them counts for one alone, the one of the highest priority, and of equals always the same: else two
 * campaigns would dial for one agent.
 */
export function shareAgents(
  agents: readonly Agent[],
  campaigns: readonly { id: number; priority: number }[],
): Map<number, Agent[]> {
  const shares = new Map<number, Agent[]>(campaigns.map(({ id }) => [id, []]));
  for (const agent of agents) {
    const counts = agent.state === "ready" || agent.state === "talking" || agent.state === "wrap-up";
    if (!counts || !agent.legUp || agent.next !== null || agent.resume !== "ready") continue;
    const own = campaigns.filter(({ id }) => agent.campaignIds.includes(id));
    const highest = Math.max(...own.map(({ priority }) => priority));
    const equals = own.filter(({ priority }) => priority === highest).sort((a, b) => a.id - b.id);
    const chosen = equals[agent.userId % equals.length];
    if (chosen) shares.get(chosen.id)!.push(agent);
  }
  return shares;
}
