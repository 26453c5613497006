import type { AcdAgent, AcdStrategy, QueueRule, Skill } from "./types.ts";
import type { Waiting } from "./waiting-line.ts";

/** By how much the levels asked for have fallen after `waitedMs`. */
export function relaxedBy(rule: QueueRule, waitedMs: number): number {
  return rule.relax.findLast(({ afterMs }) => waitedMs >= afterMs)?.levels ?? 0;
}

/** True if the agent has each skill, its level lowered by `relaxed`; one lowered to nothing is not asked for. */
export function isSkilled(agent: AcdAgent, needs: readonly Skill[], relaxed: number): boolean {
  return needs.every(
    ({ skillId, level }) => level <= relaxed || (agent.skills.get(skillId) ?? 0) >= level - relaxed,
  );
}

/** True if the agent may be asked to take the caller at `now`. */
export function mayTake(
  agent: AcdAgent,
  { caller, refusedBy }: Waiting,
  rule: QueueRule,
  now: number,
): boolean {
  if (!agent.queues.has(caller.queueId)) return false;
  const { wanted, except } = caller;
  if (except === agent.userId) return false;
  if (wanted && wanted.userId !== agent.userId && now < wanted.until) return false;
  if ((refusedBy.get(agent.userId) ?? 0) > now) return false;
  return isSkilled(agent, caller.needs, relaxedBy(rule, now - caller.since));
}

/** When `mayTake` may change by time alone after `now`: a level falls, a reservation or a refusal ends. Infinity: never. */
export function nextChange({ caller, refusedBy }: Waiting, rule: QueueRule, now: number): number {
  const times = [
    ...rule.relax.map(({ afterMs }) => caller.since + afterMs),
    caller.wanted?.until ?? Infinity,
    ...refusedBy.values(),
  ];
  return Math.min(...times.filter((at) => at > now), Infinity);
}

const surplus = (agent: AcdAgent, needs: readonly Skill[]) =>
  needs.reduce((sum, { skillId }) => sum + (agent.skills.get(skillId) ?? 0), 0);

/**
 * Who is asked first: the agent's rank in the queue, then the queue's strategy, then who is free longest, then the
 * lower user id, so that the order never depends on chance. `last` is whom the queue asked last, for turns.
 */
export function compareAgents(
  strategy: AcdStrategy,
  { caller }: Waiting,
  last: number,
): (a: AcdAgent, b: AcdAgent) => number {
  const rank = (agent: AcdAgent) => agent.queues.get(caller.queueId)!;
  const turn = (agent: AcdAgent) => (agent.userId > last ? 0 : 1);
  const by: Record<AcdStrategy, (a: AcdAgent, b: AcdAgent) => number> = {
    "longest-idle": () => 0,
    "ring-all": () => 0,
    "fewest-answered": (a, b) => a.answeredToday - b.answeredToday,
    "round-robin": (a, b) => turn(a) - turn(b) || a.userId - b.userId,
    "most-skilled": (a, b) => surplus(b, caller.needs) - surplus(a, caller.needs),
  };
  const chosen = by[strategy];
  return (a, b) => rank(a) - rank(b) || chosen(a, b) || a.freeSince - b.freeSince || a.userId - b.userId;
}
