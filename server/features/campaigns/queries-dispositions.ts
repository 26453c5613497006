import type { Db, Tx } from "../../kernel/db.ts";
import type { DispositionEffect, DispositionNode } from "../../../shared/campaigns.ts";
import { type DispositionDoes, doesFor } from "../../../shared/disposition-does.ts";

/** The trees of these campaigns, archived nodes left out. */
export async function dispositionTrees(
  db: Db,
  campaignIds: readonly number[],
): Promise<Map<number, DispositionNode[]>> {
  const trees = new Map(campaignIds.map((id) => [id, [] as DispositionNode[]]));
  if (campaignIds.length === 0) return trees;
  const rows = await db
    .selectFrom("dispositions")
    .selectAll()
    .where("campaign_id", "in", campaignIds)
    .where("archived", "=", false)
    .orderBy("position")
    .orderBy("id")
    .execute();
  const nodes = new Map(
    rows.map((row) => {
      const { id, label, effect, success, right_party: rightParty, does } = row;
      const more = Object.keys(does).length > 0 && { does };
      return [id, { id, label, effect, success, rightParty, ...more, children: [] as DispositionNode[] }];
    }),
  );
  for (const row of rows) {
    const siblings = row.parent_id === null ? trees.get(row.campaign_id) : nodes.get(row.parent_id)?.children;
    siblings?.push(nodes.get(row.id)!);
  }
  return trees;
}

/**
 * Writes the tree: known ids change in place, new nodes are made, those left out are archived, because calls
 * speak of them. Ids of other campaigns count as new.
 */
export async function saveDispositions(
  tx: Tx,
  campaignId: number,
  tree: readonly DispositionNode[],
): Promise<void> {
  const rows = await tx
    .selectFrom("dispositions")
    .select("id")
    .where("campaign_id", "=", campaignId)
    .where("archived", "=", false)
    .execute();
  const before = new Set(rows.map((row) => row.id));
  const kept = new Set<number>();
  const save = async (nodes: readonly DispositionNode[], parentId: number | null): Promise<void> => {
    for (const [position, node] of nodes.entries()) {
      const { label, effect, success } = node;
      const rightParty = success || (node.rightParty ?? false);
      // Nobody can choose a branch.
      const does = JSON.stringify(node.children.length > 0 ? {} : doesFor(effect, node.does));
      const values = { parent_id: parentId, position, label, effect, success, right_party: rightParty, does };
      let id = node.id;
      if (id !== undefined && before.has(id) && !kept.has(id))
        await tx.updateTable("dispositions").set(values).where("id", "=", id).execute();
      else
        ({ id } = await tx
          .insertInto("dispositions")
          .values({ ...values, campaign_id: campaignId })
          .returning("id")
          .executeTakeFirstOrThrow());
      kept.add(id);
      await save(node.children, id);
    }
  };
  await save(tree, null);
  const gone = [...before].filter((id) => !kept.has(id));
  if (gone.length > 0)
    await tx.updateTable("dispositions").set({ archived: true }).where("id", "in", gone).execute();
}

export interface DispositionRow {
  id: number;
  campaignId: number;
  label: string;
  effect: DispositionEffect;
  success: boolean;
  /** Only a leaf can be chosen. */
  isLeaf: boolean;
  does: DispositionDoes;
}

/** One disposition, archived ones included, for the summary form. */
export async function findDisposition(db: Db, id: number): Promise<DispositionRow | undefined> {
  const row = await db.selectFrom("dispositions").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const child = await db
    .selectFrom("dispositions")
    .select("id")
    .where("parent_id", "=", id)
    .where("archived", "=", false)
    .executeTakeFirst();
  return {
    id: row.id,
    campaignId: row.campaign_id,
    label: row.label,
    effect: row.effect,
    success: row.success,
    isLeaf: child === undefined,
    does: row.does,
  };
}

/** Labels from the root to the disposition. */
export async function dispositionPath(db: Db, id: number): Promise<string[]> {
  const path: string[] = [];
  for (let next: number | null = id; next !== null;) {
    const row: { label: string; parent_id: number | null } | undefined = await db
      .selectFrom("dispositions")
      .select(["label", "parent_id"])
      .where("id", "=", next)
      .executeTakeFirst();
    if (row) path.unshift(row.label);
    next = row?.parent_id ?? null;
  }
  return path;
}
