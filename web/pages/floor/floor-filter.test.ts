import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentState } from "../../../shared/desk.ts";
import type { LiveAgent } from "../../../shared/live.ts";
import { applyFilter, noFilter } from "./floor-filter.ts";

function agent(userId: number, state: AgentState, minute: number, campaignIds = [1]): LiveAgent {
  return {
    userId,
    name: `Agent ${userId}`,
    state,
    since: `2026-11-20T09:${String(minute).padStart(2, "0")}:00Z`,
    pauseReasonId: null,
    endpoint: "browser",
    campaignIds,
    callId: null,
    unitId: null,
    cause: "ready",
    next: null,
    legUp: true,
    today: { asOf: "2026-11-20T09:00:00Z", talks: 0, talkMs: 0, wrapUpMs: 0, readyMs: 0, pausedMs: 0 },
  };
}
const agents = [
  agent(1, "ready", 5),
  agent(2, "talking", 9),
  agent(3, "ready", 1),
  agent(4, "signed-out", 0),
  agent(5, "paused", 3, [2]),
];
const shown = (filter: Partial<typeof noFilter>) =>
  applyFilter({ ...noFilter, ...filter }, { agents, calls: [], campaigns: [] }).agents.map((a) => a.userId);

test("agents in calls come first, then who waits longest; who is signed out is not on the floor", () => {
  assert.deepEqual(shown({}), [2, 3, 1, 5]);
});

test("a campaign, a state and a part of a name narrow the floor", () => {
  assert.deepEqual(shown({ campaignId: 2 }), [5]);
  assert.deepEqual(shown({ state: "ready" }), [3, 1]);
  assert.deepEqual(shown({ text: " agent 2" }), [2]);
});
