import { queueInput } from "../../../shared/queues.ts";
import type { Tx } from "../../kernel/db.ts";
import { replaceInboundRoutes } from "../numbers/index.ts";
import { insertQueue } from "../queues/index.ts";

/** The number that people of the demonstration call: the queue's. */
export const serviceNumber = "+8675500000100";

/** A queue for who calls in, with the agents who call out as well. */
export async function seedServiceLine(
  tx: Tx,
  { agentIds, campaignId }: { agentIds: readonly number[]; campaignId: number },
): Promise<void> {
  const queueId = await insertQueue(
    tx,
    queueInput.parse({
      name: "服务热线 Service line",
      members: agentIds.map((userId) => ({ userId })),
      campaignId,
      maxLength: 20,
      maxWaitSeconds: 180,
    }),
  );
  await replaceInboundRoutes(tx, [
    { phone: serviceNumber, trunkId: null, target: { type: "queue", id: queueId } },
  ]);
}
