import { parse } from "csv-parse/sync";
import type { z } from "zod";
import { clockTime, day as dayOf, type shiftImported } from "../../../shared/agent-time.ts";
import type { Tx } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import { putException, userIdsByLogin, type Visible } from "./queries.ts";

const mostRows = 20_000;

/** `12:00-13:00 15:00-15:15`; null: not so written. */
function breaksOf(text: string): [string, string][] | null {
  const parts = text.split(/[\s;]+/).filter(Boolean);
  const breaks = parts.map((part) => part.split("-"));
  const good = breaks.every(
    (pair) => pair.length === 2 && pair.every((time) => clockTime.safeParse(time).success),
  );
  return good ? (breaks as [string, string][]) : null;
}

function readRows(csv: string): Record<string, string>[] {
  try {
    return parse(csv, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
      to: mostRows,
      relax_column_count: true,
    });
  } catch (error) {
    throw invalid("shift-file-broken", `This is no CSV file: ${error instanceof Error ? error.message : ""}`);
  }
}

/**
 * Days of people out of a CSV file with the columns `login,day,start,end,breaks,note`; without times the day is free.
 * All rows or none: with problems nothing is written, and each line says what is wrong.
 */
export async function importShifts(
  tx: Tx,
  csv: string,
  visible: Visible,
): Promise<z.output<typeof shiftImported>> {
  const rows = readRows(csv);
  const users = await userIdsByLogin(tx, [...new Set(rows.map(({ login }) => (login ?? "").toLowerCase()))]);
  const problems: { line: number; problem: string }[] = [];
  const good = rows.flatMap((row, index) => {
    const { login = "", day = "", start = "", end = "", breaks = "", note = "" } = row;
    const userId = users.get(login.toLowerCase());
    const rests = breaksOf(breaks);
    const bad =
      userId === undefined || (visible !== "all" && !visible.includes(userId))
        ? "unknown-login"
        : !dayOf.safeParse(day).success
          ? "bad-day"
          : (start === "") !== (end === "") ||
              [start, end].some((time) => time !== "" && !clockTime.safeParse(time).success)
            ? "bad-time"
            : rests === null
              ? "bad-breaks"
              : null;
    if (bad !== null || userId === undefined || rests === null) {
      problems.push({ line: index + 2, problem: bad ?? "unknown-login" });
      return [];
    }
    const times = { starts: start || null, ends: end || null, breaks: rests };
    return [{ userId, orgUnitId: null, day, ...times, note: note.slice(0, 200) }];
  });
  if (problems.length > 0) return { rows: 0, problems: problems.slice(0, 200) };
  for (const row of good) await putException(tx, row);
  return { rows: good.length, problems };
}
