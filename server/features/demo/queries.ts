import type { ListColumn } from "../../../shared/lists.ts";
import type { Tx } from "../../kernel/db.ts";
import type { DemoLead } from "./people-to-call.ts";

export async function insertList(
  tx: Tx,
  list: { name: string; country: string; columns: ListColumn[]; createdBy: number | null },
): Promise<number> {
  const { createdBy, columns, ...rest } = list;
  const row = await tx
    .insertInto("lists")
    .values({ ...rest, columns: JSON.stringify(columns), created_by: createdBy })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertLeads(tx: Tx, listId: number, people: readonly DemoLead[]): Promise<void> {
  await tx
    .insertInto("leads")
    .values(
      people.map(({ name, phone, ...fields }) => ({
        list_id: listId,
        name,
        phone,
        time_zone: "Asia/Shanghai",
        fields: JSON.stringify(fields),
      })),
    )
    .execute();
}
