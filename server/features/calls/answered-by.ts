/** What calls teach about who answers them. */
import type { Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { learnTruth } from "../answering/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { NoPerson } from "./call-core.ts";

/** In the transaction that closes a call: whom an agent talked with, and did not call a machine, was a person. */
export async function learnFromTalk(tx: Tx, call: ActiveCall, now: number): Promise<void> {
  if (!call.sorting?.sampled || call.core.outcome !== "connected") return;
  const { agentUserId: userId } = call.core;
  call.turnedOff = await learnTruth(tx, call.id, { truth: "human", source: "talk", userId, at: now });
}

/** In the transaction of an agent's word that no person speaks. */
export async function learnFromAgent(
  tx: Tx,
  call: ActiveCall,
  { truth, userId }: { truth: NoPerson; userId: number },
  now: number,
): Promise<void> {
  call.turnedOff = await learnTruth(tx, call.id, { truth, source: "key", userId, at: now });
}

/** Once that is committed: detection may have turned itself off. */
export function tellTurnedOff(events: EventBus, call: ActiveCall): void {
  if (call.turnedOff) events.publish("campaign.changed", call.turnedOff);
  call.turnedOff = undefined;
}
