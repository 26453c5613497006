/** What keeps a flow from being published. Pure; the editor shows it while one draws, the server holds to it. */
import { exitsOf, insteadOf, isPaced } from "./blocks.ts";
import { variablesIn } from "../script-text.ts";
import { namesIn, ownProblems, repeated, secretsOf, toldIn, variablesOf } from "./check-blocks.ts";
import { type IvrDocument, type IvrProblem, systemVariables } from "./flow.ts";

type Kind = IvrProblem["problem"];

/** Everything that is reached from these by `ways`, themselves included. */
function reach(from: readonly string[], ways: (id: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  // A Set is walked in order of insertion, what is added on the way included.
  for (const id of seen) for (const to of ways(id)) seen.add(to);
  return seen;
}

/** Blocks on a circle in which nobody does anything: a silent caller would never leave it. */
function silentCircles(document: IvrDocument): string[] {
  const ways = new Map(
    document.blocks.map((block) => [
      block.id,
      exitsOf(block).flatMap((exit) => (isPaced(block, exit) ? [] : (block.exits[exit] ?? []))),
    ]),
  );
  const next = (id: string) => ways.get(id) ?? [];
  return [...ways.keys()].filter((id) => reach(next(id), next).has(id));
}

/** `flows`: those that a block may go into; not given, that is not looked at. Empty: it can be published. */
export function checkFlow(document: IvrDocument, flows?: ReadonlySet<number>): IvrProblem[] {
  const { blocks, start } = document;
  const found: IvrProblem[] = [];
  const say = (blockId: string | null, problem: Kind, about = "") => found.push({ problem, blockId, about });
  const ids = new Set(blocks.map(({ id }) => id));
  if (!ids.has(start)) say(null, "start-missing", start);
  for (const id of repeated(blocks.map(({ id }) => id))) say(id, "repeated-block");
  const known = new Set<string>([...systemVariables, ...blocks.flatMap(variablesOf)]);
  const secrets = secretsOf(blocks);
  const ways = new Map<string, string[]>();
  for (const block of blocks) {
    for (const [problem, about] of ownProblems(block, document, flows)) say(block.id, problem, about);
    for (const name of new Set(namesIn(block))) if (!known.has(name)) say(block.id, "unknown-variable", name);
    for (const name of new Set(toldIn(block).flatMap((text) => variablesIn(text).names)))
      if (secrets.has(name)) say(block.id, "secret-told", name);
    for (const exit of exitsOf(block)) {
      const to = block.exits[exit];
      if (!to && !insteadOf(block, exit)) say(block.id, "open-exit", exit);
      else if (to && !ids.has(to)) say(block.id, "unknown-block", exit);
    }
    ways.set(
      block.id,
      exitsOf(block).flatMap((exit) => block.exits[exit] ?? []),
    );
  }
  const reached = reach(ids.has(start) ? [start] : [], (id) => ways.get(id) ?? []);
  for (const id of ids) if (!reached.has(id)) say(id, "unreachable");
  const ends = blocks.filter((block) => exitsOf(block).length === 0).map(({ id }) => id);
  const leads = reach(ends, (id) => [...ids].filter((from) => ways.get(from)?.includes(id)));
  for (const id of ids) if (!leads.has(id) && ways.get(id)!.length > 0) say(id, "no-way-out");
  for (const id of silentCircles(document)) say(id, "loop");
  return found;
}
