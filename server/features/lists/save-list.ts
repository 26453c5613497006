import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { isCountry } from "../../kernel/phone-number.ts";
import type { ListInput, ListRow } from "../../../shared/lists.ts";
import { deleteEmptyList, findList, insertList, listNameTaken, updateList } from "./queries-lists.ts";

export async function requireList(db: Db, id: number): Promise<ListRow> {
  const list = await findList(db, id);
  if (!list) throw notFound("list", id);
  return list;
}

/** Errors: `list-name-taken` 409; `country-unknown`, `list-column-repeated` 422. */
async function check(db: Db, input: ListInput, id = 0): Promise<void> {
  if (!isCountry(input.country))
    throw invalid("country-unknown", `There is no country ${input.country}.`, { country: input.country });
  const keys = input.columns.map((column) => column.key);
  const key = keys.find((candidate, i) => keys.indexOf(candidate) !== i);
  if (key !== undefined) throw invalid("list-column-repeated", `Two columns have the key ${key}.`, { key });
  if (await listNameTaken(db, input.name, id))
    throw conflict("list-name-taken", `A list is called ${input.name} already.`, { name: input.name });
}

export async function createList(tx: Tx, input: ListInput, byUserId: number | null): Promise<ListRow> {
  await check(tx, input);
  return requireList(tx, await insertList(tx, input, byUserId));
}

export async function changeList(tx: Tx, id: number, input: ListInput): Promise<ListRow> {
  await requireList(tx, id);
  await check(tx, input, id);
  await updateList(tx, id, input);
  return requireList(tx, id);
}

/** Only a list without leads; others are archived. Errors: `list-not-empty` 409. */
export async function removeList(tx: Tx, id: number): Promise<ListRow> {
  const list = await requireList(tx, id);
  if (!(await deleteEmptyList(tx, id)))
    throw conflict(
      "list-not-empty",
      "The list has leads or a running import: undo its imports, or archive it.",
      {
        leads: list.leads.total,
      },
    );
  return list;
}
