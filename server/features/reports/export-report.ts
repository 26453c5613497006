import type { Language } from "../../../shared/common.ts";
import { type Report, type ReportFigures, type ReportTable, reportTables } from "../../../shared/reports.ts";
import type { Cell, Sheet } from "./spreadsheet.ts";
import { words } from "./words.ts";

const seconds = (ms: number) => Math.round(ms / 1000);

function cells(figures: ReportFigures): Cell[] {
  const { attempts, dialled, answered, connected, abandoned, success, talkMs, wrapMs } = figures;
  const rate = dialled === 0 ? null : Math.round((connected / dialled) * 10_000) / 10_000;
  return [attempts, dialled, answered, connected, abandoned, success, seconds(talkMs), seconds(wrapMs), rate];
}

/** The group's name in the first column of its table. */
function namedRows(report: Report, table: ReportTable, language: Language): [Cell, ReportFigures][] {
  const { none, open, outcomes } = words[language];
  switch (table) {
    case "days":
      return report.days.map((row) => [row.day, row]);
    case "hours":
      return report.hours.map((row) => [`${String(row.hour).padStart(2, "0")}:00`, row]);
    case "dispositions":
      return report.dispositions.map((row) => [row.path.join(" / ") || none, row]);
    case "outcomes":
      return report.outcomes.map((row) => [row.outcome ? outcomes[row.outcome] : open, row]);
    default:
      return report[table].map((row) => [row.name || none, row]);
  }
}

function sheetOf(report: Report, table: ReportTable, language: Language): Sheet {
  const { tables, figures } = words[language];
  return {
    name: tables[table],
    header: [tables[table], ...figures],
    rows: namedRows(report, table, language).map(([name, row]) => [name, ...cells(row)]),
  };
}

/** The wanted table first, the others behind it as further sheets. */
export function reportSheets(report: Report, first: ReportTable, language: Language): [Sheet, ...Sheet[]] {
  const others = reportTables.filter((table) => table !== first);
  return [sheetOf(report, first, language), ...others.map((table) => sheetOf(report, table, language))];
}
