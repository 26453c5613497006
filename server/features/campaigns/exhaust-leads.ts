import type { Tx } from "../../kernel/db.ts";
import { applyLimits } from "../lists/index.ts";
import { mostAttempts } from "./claim-for-campaign.ts";
import { attemptRules } from "./queries.ts";

/** No more steps at a time, so that others have their turn. */
const mostSteps = 5;

/**
 * Takes leads of running campaigns that no campaign of their list may try any more out of the queue, and lets those back
 * in that a raised limit allows; see `applyLimits`. The rest of many waits for the next time.
 */
export async function exhaustLeads(tx: Tx): Promise<void> {
  const most = new Map<number, number>();
  const running = new Set<number>();
  for (const { listId, isRunning, ...rules } of await attemptRules(tx)) {
    most.set(listId, Math.max(most.get(listId) ?? 0, mostAttempts(rules)));
    if (isRunning) running.add(listId);
  }
  const limits = [...running].map((listId) => ({ listId, most: most.get(listId)! }));
  for (let step = 0; step < mostSteps; step++) if ((await applyLimits(tx, limits)) === 0) return;
}
