/** What keeps single blocks from being published, and what they know and use. A part of `check.ts`. */
import { isTimeZone } from "../hours.ts";
import { variablesIn } from "../script-text.ts";
import type { Speech } from "./block-parts.ts";
import type { BlockOf, IvrBlock } from "./blocks.ts";
import type { IvrDocument, IvrProblem } from "./flow.ts";
import { plainWords } from "./phrases.ts";

type Kind = IvrProblem["problem"];
type Found = [Kind, string][];
type Languages = IvrDocument["languages"];

export const repeated = (values: readonly string[]) => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

const isSaid = (one: Speech, languages: Languages) =>
  one.promptId !== null || languages.every((language) => one[language] !== "");
const spokenOf = (block: IvrBlock): Speech[] => [
  ...("speech" in block ? [block.speech] : []),
  ...("wrong" in block ? [block.wrong] : []),
  ...(block.kind === "speech-choice" ? [block.keysSpeech] : []),
  ...(block.kind === "greeting" ? block.variants.map((variant) => variant.speech) : []),
];
/** Whose caller would hear nothing, and not know what is asked. */
const mustSpeak = new Set<IvrBlock["kind"]>([
  "greeting",
  "prompt",
  "menu",
  "speech-choice",
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
/** What people hear or read of it. */
export function toldIn(block: IvrBlock): string[] {
  const texts = spokenOf(block).flatMap(({ zh, en }) => [zh, en]);
  if (block.kind !== "message") return texts;
  const { to, subject, text } = block;
  return [...texts, to, text.zh, text.en, ...(block.channel === "email" ? [subject.zh, subject.en] : [])];
}
/** Variables that it uses. */
export function namesIn(block: IvrBlock): string[] {
  const texts = toldIn(block);
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
/** What it asks a caller to key in secret. */
const secretOf = (block: IvrBlock): string | undefined =>
  (block.kind === "collect" || block.kind === "verify") && block.secret ? block.variable : undefined;
/** Variables that hold nothing but secrets. */
export function secretsOf(blocks: readonly IvrBlock[]): Set<string> {
  const open = blocks.flatMap((block) => variablesOf(block).filter((name) => name !== secretOf(block)));
  return new Set(blocks.flatMap((block) => secretOf(block) ?? []).filter((name) => !open.includes(name)));
}

/** What a question of a flow needs to be asked. */
function askProblems(asked: IvrBlock | BlockOf<"verify">["by"]): Kind[] {
  if (asked.kind === "http") return /^https?:\/\/[^\s/{]/.test(asked.url) ? [] : ["bad-address"];
  if (asked.kind !== "sql") return [];
  const found: Kind[] = asked.databaseId === null ? ["target-missing"] : [];
  return asked.query === "" ? [...found, "no-question"] : found;
}

function choiceProblems({ choices, keysSpeech }: BlockOf<"speech-choice">, languages: Languages): Found {
  const found: Found = [];
  if (choices.length === 0) found.push(["no-choices", ""]);
  const digits = choices.flatMap(({ digit }) => digit ?? []);
  if (digits.length > 0 && !isSaid(keysSpeech, languages)) found.push(["speech-missing", ""]);
  for (const key of repeated([...choices.map(({ key }) => key), "timeout", "invalid", "unavailable"]))
    found.push(["repeated-case", key]);
  for (const digit of repeated(digits)) found.push(["repeated-key", digit]);
  for (const { key, label, phrases } of choices)
    if (languages.some((language) => !phrases[language].some((phrase) => plainWords(phrase) !== "")))
      found.push(["phrase-missing", label || key]);
  for (const language of languages) {
    const said = choices.flatMap(({ phrases }) => [...new Set(phrases[language].map(plainWords))]);
    for (const phrase of repeated(said)) found.push(["repeated-phrase", phrase]);
  }
  return found;
}

function messageProblems({ channel, to, subject, text }: BlockOf<"message">, languages: Languages): Found {
  const found: Found = [];
  if (languages.some((language) => text[language] === "")) found.push(["speech-missing", ""]);
  if (channel === "email" && languages.some((language) => subject[language] === ""))
    found.push(["subject-missing", ""]);
  const looksRight = channel === "email" ? /^[^\s@]+@[^\s@]+$/ : /^\+?[\d ()-]{3,30}$/;
  if (to !== "" && !to.includes("{{") && !looksRight.test(to)) found.push(["bad-recipient", to]);
  return found;
}

/** What is wrong with a block by itself. */
export function ownProblems(block: IvrBlock, { languages }: IvrDocument, flows?: ReadonlySet<number>): Found {
  const found: Found = [];
  const say = (problem: Kind, about = "") => found.push([problem, about]);
  if (mustSpeak.has(block.kind) && "speech" in block && !isSaid(block.speech, languages))
    say("speech-missing");
  switch (block.kind) {
    case "menu":
      if (block.keys.length === 0) say("no-keys");
      for (const key of repeated(block.keys.map(({ key }) => key))) say("repeated-key", key);
      break;
    case "speech-choice":
      found.push(...choiceProblems(block, languages));
      break;
    case "message":
      found.push(...messageProblems(block, languages));
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
      if (block.outcomes.includes("failed")) say("repeated-case", "failed");
      break;
    case "condition":
      if (block.cases.length === 0) say("no-cases");
      for (const key of repeated([...block.cases.map(({ key }) => key), "otherwise"]))
        say("repeated-case", key);
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
