/** What keeps a flow from being published. Pure; the editor shows it while one draws, the server holds to it. */
import { isTimeZone } from "../hours.ts";
import { variablesIn } from "../script-text.ts";
import { type BlockOf, exitsOf, type IvrBlock, isPaced, type Speech } from "./blocks.ts";
import { type IvrDocument, type IvrProblem, systemVariables } from "./flow.ts";

type Kind = IvrProblem["problem"];
type Found = [Kind, string][];

const repeated = (values: readonly string[]) => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
/** Everything that is reached from these by `ways`, themselves included. */
function reach(from: readonly string[], ways: (id: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  // A Set is walked in order of insertion, what is added on the way included.
  for (const id of seen) for (const to of ways(id)) seen.add(to);
  return seen;
}

const isSaid = (one: Speech, languages: IvrDocument["languages"]) =>
  one.promptId !== null || languages.every((language) => one[language] !== "");
const spokenOf = (block: IvrBlock): Speech[] => [
  ...("speech" in block ? [block.speech] : []),
  ...("wrong" in block ? [block.wrong] : []),
  ...(block.kind === "greeting" ? block.variants.map((variant) => variant.speech) : []),
];
/** Whose caller would hear nothing, and not know what is asked. */
const mustSpeak = new Set<IvrBlock["kind"]>([
  "greeting",
  "prompt",
  "menu",
  "collect",
  "record",
  "satisfaction",
  "verify",
]);

/** `:name` of a question; not after another colon (a cast), nor in quotes. */
export const sqlName = /'(?:[^']|'')*'|"[^"]*"|::|:([a-z][a-z0-9_.]*)/gi;

/** What a block sets for those after it. */
export function variablesOf(block: IvrBlock): string[] {
  if (block.kind === "collect") return [block.variable];
  if (block.kind === "verify") return [block.variable, ...block.saves.map(({ variable }) => variable)];
  if (block.kind === "http" || block.kind === "sql") return block.saves.map(({ variable }) => variable);
  if (block.kind === "script")
    return [...block.code.matchAll(/\bvars\.([a-z][a-z0-9_]*)\s*=/g)].map(([, name]) => name!);
  return block.kind === "set" ? block.values.map(({ variable }) => variable) : [];
}
function namesIn(block: IvrBlock): string[] {
  const texts = spokenOf(block).flatMap(({ zh, en }) => [zh, en]);
  if (block.kind === "set") texts.push(...block.values.map(({ value }) => value));
  if (block.kind === "number") texts.push(block.phone);
  const asked = block.kind === "verify" ? block.by : block;
  if (asked.kind === "http") texts.push(asked.url, asked.body, ...asked.headers.map(({ value }) => value));
  if (asked.kind === "sql")
    texts.push(...[...asked.query.matchAll(sqlName)].flatMap(([, name]) => (name ? `{{${name}}}` : [])));
  const rules = [
    ...(block.kind === "condition" ? block.cases : []),
    ...(block.kind === "greeting" ? block.variants : []),
  ];
  return [
    ...texts.flatMap((text) => variablesIn(text).names),
    ...rules.flatMap(({ when }) => when.tests.map(({ key }) => key)),
  ];
}

/** What a question of a flow needs to be asked. */
function askProblems(asked: IvrBlock | BlockOf<"verify">["by"]): Kind[] {
  if (asked.kind === "http") return /^https?:\/\/[^\s/{]/.test(asked.url) ? [] : ["bad-address"];
  if (asked.kind !== "sql") return [];
  const found: Kind[] = asked.databaseId === null ? ["target-missing"] : [];
  return asked.query === "" ? [...found, "no-question"] : found;
}

function ownProblems(block: IvrBlock, { languages }: IvrDocument, flows?: ReadonlySet<number>): Found {
  const found: Found = [];
  const say = (problem: Kind, about = "") => found.push([problem, about]);
  if (mustSpeak.has(block.kind) && "speech" in block && !isSaid(block.speech, languages))
    say("speech-missing");
  switch (block.kind) {
    case "menu":
      if (block.keys.length === 0) say("no-keys");
      for (const key of repeated(block.keys.map(({ key }) => key))) say("repeated-key", key);
      break;
    case "collect":
      if (block.min > block.max) say("bad-range");
      break;
    case "verify":
      if (block.min > block.max) say("bad-range");
      for (const problem of askProblems(block.by)) say(problem);
      break;
    case "http":
    case "sql":
      for (const problem of askProblems(block)) say(problem);
      break;
    case "script":
      if (block.code.trim() === "") say("no-question");
      break;
    case "condition":
      if (block.cases.length === 0) say("no-cases");
      for (const key of repeated(block.cases.map(({ key }) => key))) say("repeated-case", key);
      break;
    case "hours":
      if (!isTimeZone(block.timeZone)) say("unknown-zone", block.timeZone);
      if (Object.values(block.hours).every((spans) => spans.length === 0)) say("no-hours");
      break;
    case "set":
      if (block.values.length === 0) say("no-values");
      break;
    case "agent":
      if (block.userId === null) say("target-missing");
      break;
    case "voicemail":
      if (block.userId === null && block.boxId === null) say("target-missing");
      break;
    case "number":
      if (block.phone === "") say("target-missing");
      break;
    case "sub-flow":
      if (block.flowId === null) say("target-missing");
      else if (flows && !flows.has(block.flowId)) say("unknown-flow", String(block.flowId));
      break;
    default:
  }
  return found;
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
  const ways = new Map<string, string[]>();
  for (const block of blocks) {
    for (const [problem, about] of ownProblems(block, document, flows)) say(block.id, problem, about);
    for (const name of new Set(namesIn(block))) if (!known.has(name)) say(block.id, "unknown-variable", name);
    for (const exit of exitsOf(block)) {
      const to = block.exits[exit];
      if (!to) say(block.id, "open-exit", exit);
      else if (!ids.has(to)) say(block.id, "unknown-block", exit);
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
