/**
 * The words of a script's page. Plain text with a few marks: a blank line between paragraphs, `# ` a heading, `- ` a
 * list, `> ` a hint that is not read out, `**strong**`, `*gentle*`, and `{{variables}}` with words that stand in where
 * nothing is known: `{{lead.product|your policy}}`.
 */

export type TextMark = "plain" | "filled" | "missing";
export interface TextRun {
  mark: TextMark;
  text: string;
  stress?: "strong" | "gentle";
}
export interface TextBlock {
  kind: "paragraph" | "heading" | "item" | "hint";
  runs: TextRun[];
}

/** By name: `lead.name`, `lead.<column>`, `customer.name`, `agent.name`, `campaign.name`, `answer.<question>`. */
export type Variables = Readonly<Record<string, string | undefined>>;

const pattern = /\{\{\s*([^}|]*?)\s*(?:\|([^}]*))?\}\}/g;
const sources = /^(lead\.\S.*|customer\.name|agent\.name|campaign\.name|answer\.[a-z][a-z0-9_]*)$/;

/** Names of variables in this text, and those that mean nothing. */
export function variablesIn(text: string): { names: string[]; unknown: string[] } {
  const names = [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))];
  return { names, unknown: names.filter((name) => !sources.test(name)) };
}

const valueOf = (name: string, instead: string | undefined, variables: Variables) =>
  variables[name]?.trim() || instead?.trim() || undefined;

/** Plain text with its variables filled; an unknown one without words of its own leaves nothing. */
export const fillText = (text: string, variables: Variables): string =>
  text.replaceAll(pattern, (_, name: string, instead?: string) => valueOf(name, instead, variables) ?? "");

function filled(text: string, variables: Variables): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  const plainTo = (end: number) => {
    if (end > from) runs.push({ mark: "plain", text: text.slice(from, end) });
  };
  for (const found of text.matchAll(pattern)) {
    plainTo(found.index);
    from = found.index + found[0].length;
    const value = valueOf(found[1]!, found[2], variables);
    runs.push(value === undefined ? { mark: "missing", text: found[1]! } : { mark: "filled", text: value });
  }
  plainTo(text.length);
  return runs;
}

/** One line: first its marks, then the variables within; what is filled in is never read for marks. */
function runsOf(line: string, variables: Variables): TextRun[] {
  return line.split(/(\*\*[^*]+\*\*|\*[^*]+\*)/).flatMap((part) => {
    const [, stars = "", inner = ""] = /^(\*\*?)([^*]+)\1$/.exec(part) ?? [];
    if (stars === "") return filled(part, variables);
    const stress = stars === "**" ? "strong" : "gentle";
    return filled(inner, variables).map((run): TextRun => ({ ...run, stress }));
  });
}

const kinds: [RegExp, TextBlock["kind"]][] = [
  [/^#+\s+/, "heading"],
  [/^[-•]\s+/, "item"],
  [/^>\s?/, "hint"],
];

export function textBlocks(text: string, variables: Variables): TextBlock[] {
  const blocks: TextBlock[] = [];
  let open: TextBlock | undefined;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      open = undefined;
      continue;
    }
    const [mark, kind] = kinds.find(([start]) => start.test(line)) ?? [/^/, "paragraph" as const];
    const runs = runsOf(line.replace(mark, ""), variables);
    if (open && open.kind === kind && kind !== "item" && kind !== "heading")
      open.runs.push({ mark: "plain", text: "\n" }, ...runs);
    else blocks.push((open = { kind, runs }));
  }
  return blocks;
}
