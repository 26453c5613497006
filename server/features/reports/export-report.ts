import type { Language } from "../../../shared/common.ts";
import { type Kpi, kpiNames, kpiOf, kpis } from "../../../shared/kpis.ts";
import { type Report, type ReportFigures, type ReportTable, reportTables } from "../../../shared/reports.ts";
import type { Cell, Sheet } from "./spreadsheet.ts";
import { words } from "./words.ts";

const seconds = (ms: number) => Math.round(ms / 1000);

const digits = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000);

/** A figure made of two others: a share of 1, a ratio, or seconds. */
function kpiCell(name: Kpi, figures: ReportFigures): Cell {
  const value = kpiOf(name, figures);
  return kpis[name].unit === "ms" && value !== null ? seconds(value) : digits(value);
}

function cells(figures: ReportFigures): Cell[] {
  const { attempts, dialled, answered, connected, abandoned, success, talkMs, wrapMs } = figures;
  return [
    attempts,
    dialled,
    answered,
    connected,
    abandoned,
    success,
    seconds(talkMs),
    seconds(wrapMs),
    kpiCell("connectRate", figures),
    figures.live,
    figures.inTime,
    figures.rightParty,
    figures.complaints,
    ...kpiNames.filter((name) => name !== "connectRate").map((name) => kpiCell(name, figures)),
  ];
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

/** Abandons as each rule counts them, a row for each campaign. */
function lawSheet({ abandonment }: Report, language: Language): Sheet {
  const { tables, law } = words[language];
  return {
    name: law.name,
    header: [tables.campaigns, ...law.columns],
    rows: abandonment.campaigns.map(({ name, us, ofcom }) => [
      name,
      us.answers,
      us.abandoned,
      digits(us.answers === 0 ? null : us.abandoned / us.answers),
      digits(ofcom.answers),
      digits(ofcom.abandoned),
      digits(ofcom.estimated),
      digits(ofcom.answers === 0 ? null : ofcom.abandoned / ofcom.answers),
    ]),
  };
}

/** The wanted table first, the others behind it as further sheets. */
export function reportSheets(report: Report, first: ReportTable, language: Language): [Sheet, ...Sheet[]] {
  const others = reportTables.filter((table) => table !== first);
  return [
    sheetOf(report, first, language),
    ...others.map((table) => sheetOf(report, table, language)),
    lawSheet(report, language),
  ];
}
