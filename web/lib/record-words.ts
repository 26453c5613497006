import { asText } from "./plain-text.ts";

/** What the words of a record need: the dictionary, and how instants and durations are written. */
export interface Wording {
  t: (key: string, options?: { defaultValue?: string }) => string;
  instant: (iso: string) => string;
  /** What ids stand for, by `<key> <id>`. */
  names?: Readonly<Record<string, string>>;
}

/** Entries whose values are words of a dictionary of their own. */
const dictionaries: Record<string, string | readonly string[]> = {
  cause: "cause",
  origin: "origin",
  rules: "rule",
  weekday: "weekday.long",
  source: "doNotCall.sources",
  consentSource: "consents.sources",
  form: "consents.forms",
  callKind: "rulePacks.kinds",
  purpose: ["rulePacks.purposes", "detail.words.partyPurpose"],
  because: "detail.words.because",
  to: "detail.words.to",
  how: "detail.words.how",
  mode: "detail.words.mode",
  of: "detail.words.of",
  after: "detail.words.after",
  listed: "detail.words.listed",
  outcome: "outcome",
  by: "detail.words.by",
  scope: "detail.words.scope",
  why: "detail.words.why",
  trouble: "detail.words.trouble",
  leg: "detail.words.leg",
  tone: "detail.words.tone",
  sit: "detail.words.sit",
  prompt: "detail.words.prompt",
  meaning: "detail.words.meaning",
  end: "detail.words.end",
  message: "detail.words.message",
  class: "answering.class",
  reason: "answering.reason",
};

function instantOf(value: unknown): string | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** One field of a form as it was filled in. */
function isAnswer(value: unknown): value is { label: string; value: unknown } {
  return typeof value === "object" && value !== null && "label" in value && "value" in value;
}

function valueText(key: string, value: unknown, wording: Wording): string {
  const { t } = wording;
  const name = wording.names?.[`${key} ${asText(value)}`];
  if (name !== undefined) return name;
  if (Array.isArray(value))
    return value.map((one) => (Array.isArray(one) ? one.join("–") : valueText(key, one, wording))).join(", ");
  if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
  if (typeof value === "string" && dictionaries[key]) {
    const word = [dictionaries[key]].flat().map((name) => t(`${name}.${value}`, { defaultValue: "" }));
    return word.find(Boolean) ?? value;
  }
  if (isAnswer(value)) return `${value.label} ${valueText("", value.value, wording)}`;
  if (/(?:At|Until)$/.test(key)) {
    const iso = instantOf(value);
    if (iso) return wording.instant(iso);
  }
  if (/(?:^ms|Ms)$/.test(key) && typeof value === "number")
    return Math.abs(value) < 10_000 ? `${Math.round(value)} ms` : `${Math.round(value / 1000)} s`;
  return asText(value);
}

/** Hours that are open, or how many calls are; an id that has its name is no id any more. */
function labelOf(key: string, value: unknown, { names }: Wording): string {
  if (key === "open" && typeof value === "number") return "openCalls";
  return names?.[`${key} ${asText(value)}`] !== undefined && key.endsWith("Id") ? `named.${key}` : key;
}

/**
 * A record of an event or a decision in words: `key: value · key: value`. What is empty is left out, a record within
 * it is told as part of it; a key without a word stands as it is.
 */
export function recordWords(record: Record<string, unknown>, wording: Wording): string {
  const told = Object.entries(record)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) =>
      typeof value === "object" && !Array.isArray(value)
        ? recordWords(value as Record<string, unknown>, wording)
        : `${wording.t(`detail.${labelOf(key, value, wording)}`, { defaultValue: key })}: ${valueText(key, value, wording)}`,
    );
  return told.filter(Boolean).join(" · ");
}
