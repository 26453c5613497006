import type { Tx } from "../../kernel/db.ts";
import { endOfTry, keptPlacesReached } from "../queues/index.ts";
import type { ActiveCall } from "./active-call.ts";

/** In the transaction that closes a call: what it means for a place that was kept in its queue. */
export async function finishKeptPlace(
  tx: Tx,
  { plan, core, queueOf }: ActiveCall,
  now: number,
): Promise<void> {
  const reached = core.outcome === "connected";
  const at = new Date(now);
  if (plan.keptPlace) await endOfTry(tx, plan.keptPlace.id, { reached, at });
  const queueId = queueOf ?? plan.queueId;
  if (reached && !plan.keptPlace && typeof queueId === "number")
    await keptPlacesReached(tx, { phone: plan.phone, queueId, at });
}
