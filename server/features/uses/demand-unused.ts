import type { Tx } from "../../kernel/db.ts";
import { conflict } from "../../kernel/errors.ts";
import { type UsedNoun, usesOf } from "./queries.ts";

/** Errors: `in-use` 409 with `detail` as `inUseDetail` (shared/uses.ts). */
export async function demandUnused(tx: Tx, noun: UsedNoun, id: number): Promise<void> {
  const uses = await usesOf(tx, noun, id);
  if (uses.length === 0) return;
  const names = [...new Set(uses.map(({ name }) => name))].join(", ");
  throw conflict("in-use", `It is in use: ${names}. Change that first.`, { uses, names });
}
