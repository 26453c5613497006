import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentState } from "../../../shared/desk.ts";
import { thresholds } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { alarmsOf } from "./floor-alarms.ts";
import { dayNow } from "./floor-day.ts";
import { agentRows, callsShown, noFilter } from "./floor-filter.ts";

const at = (minute: number, second = 0) =>
  `2026-11-20T09:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")}.000Z`;
const now = Date.parse(at(20));
const minutes = 60_000;

function agent(
  userId: number,
  state: AgentState,
  minute: number,
  change: Partial<LiveAgent> = {},
): LiveAgent {
  return {
    userId,
    name: `Agent ${userId}`,
    state,
    since: at(minute),
    pauseReasonId: null,
    endpoint: "browser",
    campaignIds: [1],
    callId: null,
    unitId: null,
    cause: state,
    next: null,
    legUp: true,
    today: { asOf: at(minute), talks: userId, talkMs: 0, wrapUpMs: 0, readyMs: 0, pausedMs: 0 },
    ...change,
  };
}
const call = (callId: string, change: Partial<LiveCall>): LiveCall => ({
  callId,
  state: "talking",
  direction: "outbound",
  campaignId: 1,
  agentId: null,
  name: "Grace",
  phone: "+86138****8000",
  since: at(19),
  heldSince: null,
  supervisors: [],
  ...change,
});
const agents = [
  agent(1, "ready", 5),
  agent(2, "talking", 9, { callId: "c" }),
  agent(3, "ready", 1),
  agent(4, "signed-out", 0),
  agent(5, "paused", 3, { campaignIds: [2], unitId: 7 }),
];
const calls = { c: call("c", { agentId: 2 }) };
const usual = thresholds.parse({});
const alarms = alarmsOf({ agents, calls: Object.values(calls) }, usual, now);
const shown = (
  filter: Partial<typeof noFilter>,
  sort: Parameters<typeof agentRows>[1]["sort"] = "state",
  descending = false,
) =>
  agentRows({ agents, calls }, { filter: { ...noFilter, ...filter }, sort, descending }, alarms, now).map(
    (row) => row.agent.userId,
  );

test("agents in calls come first, then who waits longest; who is signed out is not on the floor", () => {
  assert.deepEqual(shown({}), [2, 3, 1, 5]);
  assert.deepEqual(shown({}, "attention"), [5, 2, 3, 1]);
  assert.deepEqual(shown({}, "talks"), [5, 3, 2, 1]);
  assert.deepEqual(shown({}, "name", true), [5, 3, 2, 1]);
  assert.deepEqual(shown({}, "since"), [3, 5, 1, 2]);
});

test("state, campaign, team, alarm and a part of a name or number narrow the floor", () => {
  assert.deepEqual(shown({ campaignId: 2 }), [5]);
  assert.deepEqual(shown({ unitId: 7 }), [5]);
  assert.deepEqual(shown({ states: ["ready", "paused"] }), [3, 1, 5]);
  assert.deepEqual(shown({ text: " agent 2" }), [2]);
  assert.deepEqual(shown({ text: "grace" }), [2]);
  assert.deepEqual(shown({ alarmsOnly: true }), [5]);
  const waits = call("w", { state: "waiting" });
  assert.deepEqual(callsShown({ ...noFilter, callStates: ["waiting"] }, [...Object.values(calls), waits]), [
    waits,
  ]);
});

test("an alarm begins when the time is reached and keeps its key as long as the state goes on", () => {
  const wraps = agent(6, "wrap-up", 10);
  const look = (ms: number, of = wraps) =>
    alarmsOf({ agents: [of], calls: [] }, usual, Date.parse(at(10)) + ms);
  assert.deepEqual(look(2 * minutes - 1), []);
  assert.equal(look(2 * minutes)[0]?.kind, "wrap-up");
  assert.equal(look(2 * minutes)[0]?.key, look(9 * minutes)[0]?.key);
  assert.notEqual(look(9 * minutes)[0]?.key, look(9 * minutes, agent(6, "wrap-up", 11))[0]?.key);
  assert.deepEqual(alarmsOf({ agents: [agent(1, "ready", 0)], calls: [] }, usual, now), []);
  const idle = { ...usual, ready: { on: true, seconds: 60 } };
  assert.equal(alarmsOf({ agents: [agent(1, "ready", 0)], calls: [] }, idle, now).length, 1);
});

test("a customer who waits or is held too long is an alarm; the longest comes first", () => {
  const waits = call("w", { state: "waiting", since: at(19, 30) });
  const held = call("h", { agentId: 2, heldSince: at(15) });
  const found = alarmsOf({ agents: [agent(2, "talking", 14)], calls: [waits, held] }, usual, now);
  assert.deepEqual(
    found.map(({ kind, name, userId }) => [kind, name, userId]),
    [
      ["held", "Agent 2", 2],
      ["waiting", "Grace", null],
    ],
  );
});

test("the day goes on between two pushes; a pause is no time to be occupied in", () => {
  const today = {
    asOf: at(10),
    talks: 3,
    talkMs: 20 * minutes,
    wrapUpMs: 10 * minutes,
    readyMs: 30 * minutes,
    pausedMs: minutes,
  };
  assert.deepEqual(dayNow({ state: "talking", today }, now), {
    talks: 3,
    talkMs: 30 * minutes,
    occupancy: 40 / 70,
  });
  assert.deepEqual(dayNow({ state: "ready", today }, now), {
    talks: 3,
    talkMs: 20 * minutes,
    occupancy: 30 / 70,
  });
  assert.equal(dayNow({ state: "paused", today }, now).occupancy, 0.5);
  const fresh = { asOf: at(20), talks: 0, talkMs: 0, wrapUpMs: 0, readyMs: 0, pausedMs: 0 };
  assert.equal(dayNow({ state: "paused", today: fresh }, now).occupancy, null);
});
