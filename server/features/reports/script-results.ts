import { scaleOf } from "../../../shared/script-machine.ts";
import type {
  CountedAnswer,
  Question,
  QuestionOption,
  QuestionResult,
  ScriptDocument,
} from "../../../shared/scripts.ts";
import type { AnswerCount, AnswerCounts } from "./queries-scripts.ts";

interface Asked {
  question: Question;
  isAsked: boolean;
}

/** Every question of any version, in the newest words that were published; documents newest first. */
export function askedIn(documents: readonly ScriptDocument[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const [age, document] of documents.entries())
    for (const question of document.pages.flatMap((page) => page.questions)) {
      const known = asked.get(question.key)?.question;
      if (!known) asked.set(question.key, { question, isAsked: age === 0 });
      else {
        // An option that is no longer offered still names its answers.
        known.options = withOld(known.options, question.options);
        known.rows = withOld(known.rows, question.rows);
      }
    }
  return [...asked.values()];
}

const withOld = (now: QuestionOption[], before: readonly QuestionOption[]) => [
  ...now,
  ...before.filter((old) => !now.some((option) => option.key === old.key)),
];

/** Options in their order with what was counted, then whatever else was answered, in the order of its value. */
function tally(options: readonly QuestionOption[], counts: readonly AnswerCount[]): CountedAnswer[] {
  const found = new Map(counts.map((one) => [one.answer, one.calls]));
  const named = options.map(({ key, label }) => ({ answer: key, label, calls: found.get(key) ?? 0 }));
  const others = counts
    .filter((one) => !options.some((option) => option.key === one.answer))
    .map(({ answer, calls }) => ({ answer, label: answer, calls }))
    .sort((a, b) => Number(a.answer) - Number(b.answer) || a.answer.localeCompare(b.answer));
  return [...named, ...others];
}

function npsOf(counts: readonly CountedAnswer[]): QuestionResult["nps"] {
  const sum = (from: number, to: number) =>
    counts.reduce(
      (all, { answer, calls }) => all + (Number(answer) >= from && Number(answer) <= to ? calls : 0),
      0,
    );
  const [promoters, passives, detractors] = [sum(9, 10), sum(7, 8), sum(0, 6)];
  const all = promoters + passives + detractors;
  if (all === 0) return null;
  return { promoters, passives, detractors, score: Math.round((100 * (promoters - detractors)) / all) };
}

function meanOf(counts: readonly CountedAnswer[]): number | null {
  const all = counts.reduce((sum, { calls }) => sum + calls, 0);
  if (all === 0) return null;
  return counts.reduce((sum, { answer, calls }) => sum + Number(answer) * calls, 0) / all;
}

/** Promoters give 9 or 10, detractors 0 to 6; the score is the difference of their shares in per cent (Reichheld 2003). */
export function resultOf({ question, isAsked }: Asked, found: AnswerCounts): QuestionResult {
  const { key, type, label, options, rows } = question;
  const own = found.counts.filter((one) => one.question === key);
  const isScale = type === "scale" || type === "nps";
  const values = isScale
    ? scaleOf(question).map((value) => ({ key: String(value), label: String(value) }))
    : options;
  const counts = type === "matrix" ? [] : tally(values, own);
  return {
    key,
    type,
    label,
    isAsked,
    answered: found.answered.get(key) ?? 0,
    counts,
    rows: rows.map((row) => ({
      row: row.key,
      label: row.label,
      counts: tally(
        options,
        own.filter((one) => one.row === row.key),
      ),
    })),
    mean: isScale || type === "number" ? meanOf(counts) : null,
    nps: type === "nps" ? npsOf(counts) : null,
    texts: found.texts
      .filter((text) => text.question === key)
      .map(({ callId, at, text }) => ({ callId, at: at.toISOString(), text })),
  };
}
