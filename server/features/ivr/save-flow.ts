import { checkFlow } from "../../../shared/ivr/check.ts";
import type { IvrDocument, IvrFlowChange, IvrFlowDetail, IvrFlowInput } from "../../../shared/ivr/flow.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { demandUnused } from "../uses/index.ts";
import * as queries from "./queries.ts";

const { flowDrafts } = queries;

const partsOf = (document: IvrDocument): number[] =>
  document.blocks.flatMap((block) => (block.kind === "sub-flow" ? (block.flowId ?? []) : []));

/** Flows that this one may have as a part: in force, and none that leads back to it. */
async function possibleParts(db: Db, id: number): Promise<Set<number>> {
  const flows = new Map(
    (await queries.flowsInForce(db)).map((flow) => [flow.flowId, partsOf(flow.document)]),
  );
  const leadsBack = (from: number): boolean => {
    const seen = new Set([from]);
    for (const one of seen) for (const to of flows.get(one) ?? []) seen.add(to);
    return seen.has(id);
  };
  return new Set([...flows.keys()].filter((one) => !leadsBack(one)));
}

export async function requireFlow(db: Db, id: number): Promise<IvrFlowDetail> {
  const flow = await queries.findFlow(db, id);
  if (!flow) throw notFound("IVR flow", id);
  const versions = await queries.versionsOf(db, id);
  return {
    ...flow,
    updatedAt: flow.updatedAt.toISOString(),
    problems: checkFlow(flow.document, await possibleParts(db, id)),
    versions: versions.map((version) => ({ ...version, publishedAt: version.publishedAt.toISOString() })),
  };
}

async function demandName(tx: Tx, name: string, exceptId?: number): Promise<void> {
  if (await flowDrafts.nameTaken(tx, name, exceptId))
    throw conflict("ivr-name-taken", `An IVR flow is called ${name} already.`, { name });
}

async function demandFlow(tx: Tx, id: number): Promise<void> {
  if (!(await flowDrafts.lock(tx, id))) throw notFound("IVR flow", id);
}

/** A draft; it may hold faults until it is published. Errors: `ivr-name-taken` 409. */
export async function createFlow(tx: Tx, input: IvrFlowInput, userId: number | null): Promise<number> {
  await demandName(tx, input.name);
  return queries.insertFlow(tx, input, userId);
}

/** Errors: `ivr-name-taken`, `ivr-changed-elsewhere` 409. */
export async function changeFlow(tx: Tx, id: number, change: IvrFlowChange): Promise<void> {
  await demandFlow(tx, id);
  await demandName(tx, change.name, id);
  if (!(await flowDrafts.change(tx, id, change)))
    throw conflict("ivr-changed-elsewhere", "Somebody else changed this flow since you opened it.");
}

/** The draft becomes the next version and is in force at once. Errors: `ivr-incomplete` 422 with `detail.problems`. */
export async function publishFlow(
  tx: Tx,
  id: number,
  by: { note: string; userId: number | null; at: Date },
): Promise<void> {
  await demandFlow(tx, id);
  const { document } = (await queries.findFlow(tx, id))!;
  const problems = checkFlow(document, await possibleParts(tx, id));
  if (problems.length > 0)
    throw invalid("ivr-incomplete", "The flow has faults; they are listed beside it.", { problems });
  await flowDrafts.putInForce(tx, id, await flowDrafts.insertVersion(tx, { id, document, ...by }));
}

/** An earlier version is in force again; the draft stays as it is. */
export async function restoreVersion(tx: Tx, versionId: number): Promise<number> {
  const version = await queries.findVersion(tx, versionId);
  if (!version) throw notFound("IVR version", versionId);
  await demandFlow(tx, version.flowId);
  await flowDrafts.putInForce(tx, version.flowId, versionId);
  return version.flowId;
}

/** Errors: `in-use` 409 while numbers lead to it, or another flow has it as a part. */
export async function deleteFlow(tx: Tx, id: number, at: Date): Promise<void> {
  await demandFlow(tx, id);
  await demandUnused(tx, "flow", id);
  await queries.archiveFlow(tx, id, at);
}
