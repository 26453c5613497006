import type { Language } from "../../../shared/common.ts";
import type { Question, ScriptResults } from "../../../shared/scripts.ts";
import type { WalkRow } from "./queries-scripts.ts";
import type { Cell, Sheet } from "./spreadsheet.ts";

const words = {
  zh: {
    answers: "答案",
    counts: "统计",
    answerColumns: ["通话", "时间", "姓名", "号码", "坐席", "外呼任务", "名单", "版本", "完成"],
    countColumns: ["问题", "子项", "答案", "人数", "占比"],
    yes: "是",
    no: "否",
  },
  en: {
    answers: "Answers",
    counts: "Counts",
    answerColumns: ["Call", "Time", "Name", "Number", "Agent", "Campaign", "List", "Version", "Complete"],
    countColumns: ["Question", "Row", "Answer", "Calls", "Share"],
    yes: "Yes",
    no: "No",
  },
} satisfies Record<Language, object>;

/** An answer in words, as the question names them. */
function inWords(question: Question, value: unknown): Cell {
  const labelOf = (key: unknown, from = question.options) =>
    from.find((option) => option.key === key)?.label ?? String(key);
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map((one) => labelOf(one)).join("; ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([row, chosen]) => `${labelOf(row, question.rows)}: ${labelOf(chosen)}`)
      .join("; ");
  return labelOf(value);
}

interface Options {
  language: Language;
  timeZone: string;
  phoneOf: (phone: string) => string;
}

/** A row for each call, a column for each question. */
export function answerSheet(
  walks: AsyncIterable<WalkRow>,
  questions: readonly Question[],
  { language, timeZone, phoneOf }: Options,
): Sheet {
  const w = words[language];
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const walk of walks)
      yield [
        walk.callId,
        clock.format(walk.at),
        walk.name,
        phoneOf(walk.phone),
        walk.agent,
        walk.campaign,
        walk.list,
        walk.number,
        walk.complete ? w.yes : w.no,
        ...questions.map((question) => inWords(question, walk.answers[question.key])),
      ];
  }
  return {
    name: w.answers,
    header: [...w.answerColumns, ...questions.map(({ label }) => label)],
    rows: rows(),
  };
}

const share = (calls: number, answered: number) =>
  answered === 0 ? null : Math.round((1000 * calls) / answered) / 1000;

export function countSheet(results: ScriptResults, language: Language): Sheet {
  const rows = results.questions.flatMap(({ label, answered, counts, rows: matrix }): Cell[][] => [
    ...counts.map((one): Cell[] => [label, null, one.label, one.calls, share(one.calls, answered)]),
    ...matrix.flatMap((row) =>
      row.counts.map((one): Cell[] => [label, row.label, one.label, one.calls, share(one.calls, answered)]),
    ),
  ]);
  return { name: words[language].counts, header: words[language].countColumns, rows };
}
