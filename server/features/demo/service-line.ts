import { queueInput } from "../../../shared/queues.ts";
import { surveyInput } from "../../../shared/surveys.ts";
import type { Tx } from "../../kernel/db.ts";
import { replaceInboundRoutes } from "../numbers/index.ts";
import { insertQueue } from "../queues/index.ts";
import { saveSurvey } from "../surveys/index.ts";
import { seedFlow } from "./ivr-flow.ts";

/** Who calls this number is led by the flow. */
export const flowNumber = "+8675500000101";
/** The number that people of the demonstration call: the queue's. */
export const serviceNumber = "+8675500000100";

const satisfaction = (queueId: number) =>
  surveyInput.parse({
    name: "服务满意度 Satisfaction",
    language: "zh",
    questions: [
      { text: "请为本次服务打分，五分非常满意，一分非常不满意。" },
      { text: "很抱歉让您不满意。问题没有解决请按 1，态度不好请按 2，等待太久请按 3。", max: 3, onlyUpTo: 2 },
    ],
    thanks: "感谢您的评价，再见。",
    uses: [{ queueId, when: "after" }],
  });

/** A queue for who calls in, with the agents who call out as well, and its survey; and a flow that leads there. */
export async function seedServiceLine(
  tx: Tx,
  {
    agentIds,
    campaignId,
    managerId,
    databaseId,
  }: {
    agentIds: readonly number[];
    campaignId: number;
    managerId: number | null;
    /** The database of policies. */
    databaseId: number | null;
  },
  at: Date,
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
  await saveSurvey(tx, null, satisfaction(queueId));
  const flowId = await seedFlow(tx, { queueId, keeperId: agentIds[0]!, databaseId, userId: managerId }, at);
  await replaceInboundRoutes(tx, [
    { phone: serviceNumber, trunkId: null, rules: [], target: { type: "queue", id: queueId } },
    { phone: flowNumber, trunkId: null, rules: [], target: { type: "flow", id: flowId } },
  ]);
}
