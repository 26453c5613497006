import type { Language } from "../../../shared/common.ts";
import type { ExportedCall } from "./queries-export.ts";
import type { Cell, Sheet } from "./spreadsheet.ts";
import { words } from "./words.ts";

/** An instant on the company's clock as spreadsheets read it: `2026-01-31 14:05:09`. */
function clockIn(timeZone: string): (at: Date | null) => string | null {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => (at ? format.format(at) : null);
}

interface Options {
  timeZone: string;
  language: Language;
  phoneOf: (phone: string) => string;
}

/** Every call as a row, masked for who may not see numbers. */
export function callSheet(calls: AsyncIterable<ExportedCall>, options: Options): Sheet {
  const { calls: name, callColumns, outcomes, origins, open } = words[options.language];
  const clock = clockIn(options.timeZone);
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const call of calls) {
      const { connected_at: connected, ended_at: ended } = call;
      yield [
        call.id,
        clock(call.planned_at),
        call.direction,
        origins[call.origin],
        call.campaign,
        call.list,
        call.name,
        options.phoneOf(call.phone),
        call.caller_id,
        call.agent,
        call.trunk,
        call.outcome ? outcomes[call.outcome] : open,
        call.cause,
        call.sip_status,
        clock(call.answered_at),
        clock(connected),
        clock(ended),
        connected && ended ? Math.round((ended.getTime() - connected.getTime()) / 1000) : null,
        call.mos === null ? null : Math.round(call.mos * 100) / 100,
        call.disposition,
        call.note,
      ];
    }
  }
  return { name, header: callColumns, rows: rows() };
}
