import type { Collected } from "./read-file.ts";

interface Line {
  /** Where it begins in the file, from 1. */
  line: number;
  name: string;
  value: string;
}

/** Lines, unfolded (RFC 5545 §3.1): one that begins with a blank goes on the line before it. */
function linesOf(text: string): Line[] {
  const unfolded: { line: number; text: string }[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    if (/^[ \t]/.test(raw) && unfolded.length > 0) unfolded.at(-1)!.text += raw.slice(1);
    else if (raw !== "") unfolded.push({ line: index + 1, text: raw });
  }
  return unfolded.map(({ line, text: whole }) => {
    const colon = whole.indexOf(":");
    const name = whole.slice(0, colon === -1 ? whole.length : colon).split(";", 1)[0]!;
    return { line, name: name.toUpperCase(), value: colon === -1 ? "" : whole.slice(colon + 1) };
  });
}

/** RFC 5545 §3.3.11. */
const unescaped = (value: string) =>
  value.replaceAll(/\\([\\;,nN])/g, (_, c: string) => (/n/i.test(c) ? " " : c));

const dayMs = 86_400_000;
function dateOf(value: string | undefined): number | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T|$)/.exec(value ?? "");
  if (!found) return undefined;
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "") === found.slice(1).join("")
    ? at
    : undefined;
}
const written = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Events of a calendar as days; the end of whole days is exclusive (RFC 5545 §3.6.1). Repeats count once, and are told. */
export function readIcs(text: string, isWork: (summary: string) => boolean): Collected {
  const found: Collected = { days: [], problems: [] };
  let event: { line: number; fields: Map<string, string> } | undefined;
  for (const { line, name, value } of linesOf(text)) {
    if (name === "BEGIN" && value.toUpperCase() === "VEVENT") event = { line, fields: new Map() };
    else if (name === "END" && value.toUpperCase() === "VEVENT" && event) {
      const { fields } = event;
      const title = unescaped(fields.get("SUMMARY") ?? "").trim();
      const say = (problem: Collected["problems"][number]["problem"]) =>
        found.problems.push({ line: event!.line, problem, text: title.slice(0, 200) });
      const from = dateOf(fields.get("DTSTART"));
      const end = fields.get("DTEND");
      const isWholeDays = !/T/.test(end ?? "");
      const last = end === undefined ? from : dateOf(end);
      const to =
        last === undefined || end === undefined || !isWholeDays ? last : Math.max(last - dayMs, from ?? 0);
      if (fields.has("RRULE")) say("repeats");
      if (from === undefined || to === undefined) say("not-a-date");
      else if (to < from) say("ends-before-it-begins");
      else {
        const kind = isWork(title) ? "work" : "off";
        found.days.push({
          from: written(from),
          to: written(to),
          name: title.slice(0, 100),
          kind,
          hoursOf: "monday",
        });
      }
      event = undefined;
    } else if (event && !event.fields.has(name)) event.fields.set(name, value);
  }
  return found;
}
