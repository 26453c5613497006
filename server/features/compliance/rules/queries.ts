import type { RulePack } from "../../../../shared/rule-packs.ts";
import type { Tx } from "../../../kernel/db.ts";
import "../tables.ts";

export async function insertPack(tx: Tx, pack: RulePack, userId: number | null): Promise<void> {
  await tx
    .insertInto("rule_packs")
    .values({
      id: pack.id,
      version: pack.version,
      valid_from: pack.validFrom,
      data: JSON.stringify(pack),
      created_by: userId,
    })
    .execute();
}
