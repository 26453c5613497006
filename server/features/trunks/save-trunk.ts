import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { TrunkInput, TrunkRow } from "../../../shared/trunks.ts";
import {
  deleteTrunk,
  findSimulatedTrunk,
  findTrunk,
  insertTrunk,
  listTrunks,
  setTrunkOrder,
  trunkNameTaken,
  updateTrunk,
} from "./queries.ts";

export async function requireTrunk(db: Db, id: number): Promise<TrunkRow> {
  const trunk = await findTrunk(db, id);
  if (!trunk) throw notFound("trunk", id);
  return trunk;
}

/** Errors: `trunk-name-taken` 409; `trunk-credentials-missing` 422 (its `detail.fields` says which). */
async function check(db: Db, input: TrunkInput, before?: TrunkRow): Promise<void> {
  if (await trunkNameTaken(db, input.name, before?.id))
    throw conflict("trunk-name-taken", `A trunk is called ${input.name} already.`, { name: input.name });
  if (input.auth === "ip") return;
  const hasPassword = input.password === undefined ? before?.hasPassword === true : input.password !== null;
  const fields = [...(input.username ? [] : ["username"]), ...(hasPassword ? [] : ["password"])];
  if (fields.length > 0)
    throw invalid("trunk-credentials-missing", `A trunk that signs in needs: ${fields.join(", ")}.`, {
      fields,
    });
}

export async function createTrunk(tx: Tx, input: TrunkInput): Promise<TrunkRow> {
  await check(tx, input);
  return requireTrunk(tx, await insertTrunk(tx, input));
}

export async function changeTrunk(tx: Tx, id: number, input: TrunkInput): Promise<TrunkRow> {
  await check(tx, input, await requireTrunk(tx, id));
  await updateTrunk(tx, id, input);
  return requireTrunk(tx, id);
}

/** Errors: `trunk-in-use` 409 while campaigns dial through it; `trunk-simulated` 409 for the built-in one. */
export async function removeTrunk(tx: Tx, id: number): Promise<TrunkRow> {
  const trunk = await requireTrunk(tx, id);
  if (trunk.simulated)
    throw conflict("trunk-simulated", "The simulated carrier cannot be deleted; disable it instead.");
  if (trunk.campaigns > 0)
    throw conflict("trunk-in-use", `${trunk.campaigns} campaigns dial through this trunk.`, {
      campaigns: trunk.campaigns,
    });
  await deleteTrunk(tx, id);
  return trunk;
}

/** Errors: `trunk-order-incomplete` 422 unless every trunk is named once. */
export async function orderTrunks(tx: Tx, ids: readonly number[]): Promise<TrunkRow[]> {
  const known = new Set((await listTrunks(tx)).map((trunk) => trunk.id));
  const isWhole =
    ids.length === known.size && new Set(ids).size === ids.length && ids.every((id) => known.has(id));
  if (!isWhole) throw invalid("trunk-order-incomplete", "The order must name every trunk once.");
  await setTrunkOrder(tx, ids);
  return listTrunks(tx);
}

/** Makes the simulated carrier's trunk, or brings host and port up to date; its other settings stay. */
export async function ensureTrunk(tx: Tx, input: TrunkInput): Promise<number> {
  const id = await findSimulatedTrunk(tx);
  if (id === undefined) return insertTrunk(tx, input, true);
  const before = await requireTrunk(tx, id);
  await updateTrunk(tx, id, { ...before, host: input.host, port: input.port });
  return id;
}
