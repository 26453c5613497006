import { checkScript } from "../../../shared/script-check.ts";
import type { ScriptChange, ScriptDetail, ScriptInput } from "../../../shared/scripts.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { findScript, findVersion, insertScript, removeScript, scriptDrafts, versionsOf } from "./queries.ts";

export async function requireScript(db: Db, id: number): Promise<ScriptDetail> {
  const script = await findScript(db, id);
  if (!script) throw notFound("script", id);
  const versions = await versionsOf(db, id);
  return {
    ...script,
    updatedAt: script.updatedAt.toISOString(),
    problems: checkScript(script.document),
    versions: versions.map((version) => ({ ...version, publishedAt: version.publishedAt.toISOString() })),
  };
}

async function demandName(tx: Tx, name: string, exceptId?: number): Promise<void> {
  if (await scriptDrafts.nameTaken(tx, name, exceptId))
    throw conflict("script-name-taken", `A script is called ${name} already.`, { name });
}

/** A draft; it may hold faults until it is published. Errors: `script-name-taken` 409. */
export async function createScript(tx: Tx, input: ScriptInput, userId: number | null): Promise<number> {
  await demandName(tx, input.name);
  return insertScript(tx, input, userId);
}

/** Errors: `script-name-taken`, `script-changed-elsewhere` 409. */
export async function changeScript(tx: Tx, id: number, change: ScriptChange): Promise<void> {
  if (!(await scriptDrafts.lock(tx, id))) throw notFound("script", id);
  await demandName(tx, change.name, id);
  if (!(await scriptDrafts.change(tx, id, change)))
    throw conflict("script-changed-elsewhere", "Somebody else changed this script since you opened it.");
}

/** The draft becomes the next version and is in force at once. Errors: `script-incomplete` 422 with `detail.problems`. */
export async function publishScript(
  tx: Tx,
  id: number,
  by: { note: string; userId: number | null; at: Date },
): Promise<number> {
  if (!(await scriptDrafts.lock(tx, id))) throw notFound("script", id);
  const { document } = (await findScript(tx, id))!;
  const problems = checkScript(document);
  if (problems.length > 0)
    throw invalid("script-incomplete", "The script has faults; they are listed beside it.", { problems });
  const versionId = await scriptDrafts.insertVersion(tx, { id, document, ...by });
  await scriptDrafts.putInForce(tx, id, versionId);
  return versionId;
}

/** An earlier version is in force again; the draft stays as it is. */
export async function restoreVersion(tx: Tx, versionId: number): Promise<number> {
  const version = await findVersion(tx, versionId);
  if (!version || !(await scriptDrafts.lock(tx, version.scriptId)))
    throw notFound("script version", versionId);
  await scriptDrafts.putInForce(tx, version.scriptId, versionId);
  return version.scriptId;
}

/** Errors: `script-in-use` 409 with the campaigns' names. */
export async function deleteScript(tx: Tx, id: number, at: Date): Promise<void> {
  if (!(await scriptDrafts.lock(tx, id))) throw notFound("script", id);
  const names = (await findScript(tx, id))!.campaigns.map((campaign) => campaign.name);
  if (names.length > 0)
    throw conflict("script-in-use", `Campaigns use this script: ${names.join(", ")}.`, {
      campaigns: names.join(", "),
    });
  await removeScript(tx, id, at);
}
