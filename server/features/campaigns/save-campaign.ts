import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import {
  type CampaignDetail,
  type CampaignInput,
  campaignInput,
  type DispositionNode,
} from "../../../shared/campaigns.ts";
import { saveMessages, unknownNames, withDispositions } from "../broadcasts/index.ts";
import { findCampaign } from "./queries.ts";
import { findProblems, insertCampaign, updateCampaign } from "./queries-save.ts";
import { saveTies } from "./queries-ties.ts";
import { saveDispositions } from "./queries-dispositions.ts";

const maxDepth = 5;
const depthOf = (nodes: readonly DispositionNode[]): number =>
  nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((node) => depthOf(node.children)));

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, i) => values.indexOf(value) !== i);
}

/** Errors (422): `campaign-hours-empty-span`, `campaign-form-key-repeated`, `campaign-choice-without-options`, `campaign-dispositions-too-deep`. */
function checkShape(input: CampaignInput): void {
  for (const [weekday, spans] of Object.entries(input.hours))
    for (const [from, to] of spans)
      if (from >= to)
        throw invalid("campaign-hours-empty-span", `On ${weekday}, ${from} is not before ${to}.`, {
          weekday,
          from,
          to,
        });
  const key = repeated(input.form.map((field) => field.key));
  if (key !== undefined)
    throw invalid("campaign-form-key-repeated", `Two fields of the form have the key ${key}.`, { key });
  const empty = input.form.find(
    (field) => (field.type === "choice" || field.type === "choices") && field.options.length === 0,
  );
  if (empty)
    throw invalid("campaign-choice-without-options", `The field ${empty.label} has no options.`, {
      label: empty.label,
    });
  if (depthOf(input.dispositions) > maxDepth)
    throw invalid("campaign-dispositions-too-deep", `Dispositions go ${maxDepth} levels deep at most.`, {
      maxDepth,
    });
}

/** Errors: `campaign-name-taken` 409; `campaign-unknown-lists`, `-trunks`, `-agents`, `-pools`, `-scripts` 422 with `detail.ids`. */
async function check(db: Db, input: CampaignInput, id = 0): Promise<void> {
  checkShape(input);
  const problems = await findProblems(db, input, id);
  if (problems.nameTaken)
    throw conflict("campaign-name-taken", `A campaign is called ${input.name} already.`, {
      name: input.name,
    });
  for (const noun of ["lists", "trunks", "agents", "pools", "scripts"] as const)
    if (problems[noun].length > 0)
      throw invalid(`campaign-unknown-${noun}`, `These ${noun} do not exist: ${problems[noun].join(", ")}.`, {
        ids: problems[noun],
      });
}

export async function requireCampaign(db: Db, id: number): Promise<CampaignDetail> {
  const campaign = await findCampaign(db, id);
  if (!campaign) throw notFound("campaign", id);
  return campaign;
}

async function save(tx: Tx, id: number, input: CampaignInput): Promise<CampaignDetail> {
  await saveTies(tx, id, input);
  await saveDispositions(tx, id, input.dispositions);
  return requireCampaign(tx, id);
}

export async function createCampaign(
  tx: Tx,
  input: CampaignInput,
  byUserId: number | null,
): Promise<CampaignDetail> {
  await check(tx, input);
  return save(tx, await insertCampaign(tx, input, byUserId), input);
}

/** A running campaign may be changed as well: the dialler reads it again on the event. */
export async function changeCampaign(tx: Tx, id: number, input: CampaignInput): Promise<CampaignDetail> {
  await requireCampaign(tx, id);
  await check(tx, input, id);
  await updateCampaign(tx, id, input);
  return save(tx, id, input);
}

const withoutIds = (nodes: readonly DispositionNode[]): DispositionNode[] =>
  nodes.map((node) => ({ ...node, id: undefined, children: withoutIds(node.children) }));

/** A draft with everything of the other but its lists: the same people are not called twice by accident. */
export async function copyCampaign(
  tx: Tx,
  id: number,
  name: string,
  byUserId: number | null,
): Promise<CampaignDetail> {
  const { dispositions, agentless, abandonment, ...campaign } = await requireCampaign(tx, id);
  const input = campaignInput.parse({
    ...campaign,
    name,
    listIds: [],
    dispositions: withoutIds(dispositions),
  });
  const copy = await createCampaign(tx, input, byUserId);
  const flow = agentless && withDispositions(agentless.flow, dispositions, copy.dispositions);
  return changeMessages(tx, copy.id, { agentless: flow && { ...agentless, flow }, abandonment });
}

/** Errors (422): `message-unknown-prompts`, `message-unknown-dispositions` with `detail.ids`. */
export async function changeMessages(
  tx: Tx,
  id: number,
  change: Partial<Pick<CampaignDetail, "agentless" | "abandonment">>,
): Promise<CampaignDetail> {
  const { agentless, abandonment } = { ...(await requireCampaign(tx, id)), ...change };
  const unknown = await unknownNames(tx, id, { agentless, abandonment });
  if (unknown.prompts.length > 0)
    throw invalid("message-unknown-prompts", "The message plays a prompt that was deleted. Choose another.", {
      ids: unknown.prompts,
    });
  if (unknown.dispositions.length > 0)
    throw invalid("message-unknown-dispositions", "The message sets a result that the campaign has not.", {
      ids: unknown.dispositions,
    });
  await saveMessages(tx, id, { agentless, abandonment });
  return requireCampaign(tx, id);
}
