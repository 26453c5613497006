import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, type StateSlice, sumOf } from "./adherence.ts";
import { shiftOn, slicesOf } from "./shift-plan.ts";

const zone = "Asia/Shanghai";
const at = (time: string, day = "2026-11-20") => Date.parse(`${day}T${time}:00+08:00`);
const span = (
  state: StateSlice["state"],
  from: string,
  to: string,
  pauseReasonId: number | null = null,
): StateSlice => ({
  state,
  pauseReasonId,
  from: at(from),
  to: at(to),
});
const whose = { userId: null, orgUnitId: null, name: "" };
const nine = { starts: "09:00", ends: "18:00", breaks: [["12:00", "13:00"]] as [string, string][] };

test("a day of nine hours with a break: adherence, conformance, lateness by hand", () => {
  const plan = slicesOf("2026-11-20", { ...nine, note: "" }, zone);
  const [meal, meeting] = [1, 2];
  const spans = [
    span("connecting", "09:20", "09:30"),
    span("ready", "09:30", "12:30"), // half an hour late, works half of the break
    span("paused", "12:30", "14:00", meal), // and takes an hour of work for it
    span("talking", "14:00", "15:00"),
    span("paused", "15:00", "16:00", meeting),
    span("signed-out", "16:00", "18:00"),
  ];
  const rules = { now: at("23:00"), workReasons: new Set([meeting]) };
  const hour = 3_600_000;
  const figures = figuresOf(plan, spans, rules);
  assert.deepEqual(
    [figures.plannedMs, figures.plannedWorkMs, figures.workedMs, figures.lateMs, figures.earlyMs].map(
      (ms) => ms / hour,
    ),
    [9, 8, 5, 0.5, 2],
  );
  // Work kept 9:30-12, 14-16; break kept 12:30-13.
  assert.equal(figures.inPlanMs / hour, 2.5 + 2 + 0.5);
  assert.deepEqual(
    figures.totals.map(({ state, pauseReasonId, ms }) => [state, pauseReasonId, ms / hour]),
    [
      ["connecting", null, 1 / 6],
      ["ready", null, 3],
      ["paused", meal, 1.5],
      ["talking", null, 1],
      ["paused", meeting, 1],
    ],
  );
  const soFar = figuresOf(plan, spans.slice(0, 2), { ...rules, now: at("10:00") });
  assert.deepEqual([soFar.plannedMs / hour, soFar.earlyMs], [1, 0]);
  const nobody = figuresOf(plan, [], rules);
  assert.deepEqual(
    [nobody.absentDays, nobody.lateMs, nobody.inPlanMs / hour],
    [1, 0, 1],
    "a break is kept by who is away",
  );
  const week = sumOf([figures, nobody]);
  assert.deepEqual(
    [week.plannedMs / hour, week.absentDays, week.lateDays, week.totals.length],
    [18, 1, 1, 5],
  );
});

test("which shift holds: the person before the unit, the exception before the pattern, the newest pattern; nights", () => {
  const pattern = { ...whose, ...nine, weekday: 5, validFrom: "2026-01-01", validTo: null };
  const plan = {
    patterns: [
      { ...pattern, id: 1, orgUnitId: 7 },
      { ...pattern, id: 2, orgUnitId: 7, starts: "10:00", validFrom: "2026-11-01" },
      {
        ...pattern,
        id: 3,
        userId: 5,
        starts: "22:00",
        ends: "06:00",
        breaks: [["01:00", "01:30"]] as [string, string][],
        validTo: "2026-11-13",
      },
    ],
    exceptions: [
      {
        ...whose,
        id: 1,
        orgUnitId: 7,
        day: "2026-11-27",
        starts: null,
        ends: null,
        breaks: [],
        note: "holiday",
      },
    ],
  };
  const who = { userId: 5, units: [8, 7] };
  assert.equal(shiftOn("2026-11-20", who, plan)?.starts, "10:00");
  assert.equal(shiftOn("2026-11-20", { userId: 6, units: [] }, plan), null);
  assert.equal(shiftOn("2026-11-27", who, plan), null);
  assert.equal(shiftOn("2026-11-19", who, plan), null, "a Thursday");
  const night = shiftOn("2026-11-13", who, plan);
  assert.deepEqual(
    slicesOf("2026-11-13", night, zone).map(({ kind, from, to }) => [
      kind,
      new Date(from).toISOString(),
      (to - from) / 60_000,
    ]),
    [
      ["work", "2026-11-13T14:00:00.000Z", 180],
      ["break", "2026-11-13T17:00:00.000Z", 30],
      ["work", "2026-11-13T17:30:00.000Z", 270],
    ],
  );
});
