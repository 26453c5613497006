import assert from "node:assert/strict";
import { test } from "node:test";
import type { CalendarDay } from "../../../shared/calendars.ts";
import { ivrStep, newWalk } from "../../../shared/ivr/machine.ts";
import { block, flow, running, workHours } from "../../../test/kit/ivr-flows.ts";

const days: CalendarDay[] = [
  { from: "2026-10-01", to: "2026-10-07", name: "国庆节", kind: "off", hoursOf: "monday" },
  { from: "2026-10-11", to: "2026-10-11", name: "补班", kind: "work", hoursOf: "monday" },
];
const document = flow(
  block(
    "hours",
    "office",
    { open: "open", closed: "closed", holiday: "holiday" },
    { hours: workHours, calendarId: 3 },
  ),
  block("hang-up", "open", {}),
  block("hang-up", "closed", {}),
  block("hang-up", "holiday", {}),
);

function leadsTo(local: string, calendars: ReadonlyMap<number, CalendarDay[]>): string | undefined {
  const now = Date.parse(`${local}:00+08:00`);
  const facts = { library: new Map(), language: "zh", hears: false, variables: {}, calendars } as const;
  const step = ivrStep(newWalk(running(document), facts, now), { type: "begin" }, now);
  assert.ok("effects" in step);
  return step.effects.flatMap((effect) => (effect.type === "entered" ? effect.blockId : [])).at(-1);
}

test("a flow's business hours go by a holiday calendar; one that is gone changes nothing", () => {
  const known = new Map([[3, days]]);
  const at = [
    "2026-10-02T10:00",
    "2026-10-08T10:00",
    "2026-10-11T10:00",
    "2026-10-11T20:00",
    "2026-10-18T10:00",
  ];
  assert.deepEqual(
    at.map((local) => leadsTo(local, known)),
    ["holiday", "open", "open", "closed", "closed"],
  );
  assert.deepEqual(
    [leadsTo("2026-10-02T10:00", new Map()), leadsTo("2026-10-11T10:00", new Map())],
    ["open", "closed"],
  );
});
