import type { Tx } from "../../kernel/db.ts";

export async function insertSkip(
  tx: Tx,
  skip: { leadId: number; userId: number; reason: string; at: Date },
): Promise<void> {
  await tx
    .insertInto("lead_events")
    .values({
      lead_id: skip.leadId,
      at: skip.at,
      type: "skipped",
      by_user_id: skip.userId,
      data: JSON.stringify({ reason: skip.reason }),
    })
    .execute();
}
