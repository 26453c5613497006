import type { LiveQueue, QueueDetail } from "../../../shared/queues.ts";
import type { Agent } from "../agents/index.ts";
import type { QueueDay } from "./queries-visits.ts";

/** A queue as it stands; whoever waits longer than the threshold is late already. */
export function presentQueue(
  queue: QueueDetail,
  {
    waits,
    kept,
    day,
    agents,
    now,
  }: { waits: number[]; kept: number; day: QueueDay; agents: readonly Agent[]; now: number },
): LiveQueue {
  const late = waits.filter((enteredAt) => now - enteredAt > queue.serviceSeconds * 1000).length;
  const judged = day.judged + late;
  const count = (...states: Agent["state"][]) => agents.filter(({ state }) => states.includes(state)).length;
  return {
    queueId: queue.id,
    name: queue.name,
    waiting: waits.length,
    kept,
    waitingSince: waits[0] === undefined ? null : new Date(waits[0]).toISOString(),
    agentsReady: agents.filter(({ state, legUp }) => state === "ready" && legUp).length,
    agentsBusy: count("ringing", "talking", "wrap-up", "preview"),
    agentsPaused: count("paused", "connecting"),
    offeredToday: day.offered,
    answeredToday: day.answered,
    abandonedToday: day.abandoned,
    overflowedToday: day.overflowed,
    serviceLevel: judged === 0 ? null : day.inTime / judged,
    serviceSeconds: queue.serviceSeconds,
    servicePercent: queue.servicePercent,
  };
}
