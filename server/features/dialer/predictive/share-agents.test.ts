import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agent } from "../../agents/index.ts";
import { shareAgents } from "./share-agents.ts";

const agent = (userId: number, change: Partial<Agent> = {}): Agent => ({
  userId,
  name: "",
  unitId: null,
  sipUser: "",
  endpoint: "phone",
  deskId: "",
  campaignIds: [1, 2],
  since: 0,
  signedInAt: 0,
  cause: "ready",
  notice: null,
  state: "talking",
  next: null,
  pauseReasonId: null,
  legUp: true,
  callId: null,
  resume: "ready",
  ...change,
});
const share = (agents: Agent[], ...campaigns: { id: number; priority: number }[]) =>
  [...shareAgents(agents, campaigns, () => 0)].map(([id, own]) => [id, own.map(({ userId }) => userId)]);

test("an agent of several campaigns counts for one: the highest, and of equals each in turn, from call to call", () => {
  const team = [agent(10), agent(11), agent(12, { campaignIds: [2] }), agent(13, { campaignIds: [3] })];
  assert.deepEqual(share(team, { id: 1, priority: 5 }, { id: 2, priority: 5 }), [
    [1, [10]],
    [2, [11, 12]],
  ]);
  assert.deepEqual(share(team, { id: 2, priority: 5 }, { id: 1, priority: 9 }), [
    [2, [12]],
    [1, [10, 11]],
  ]);
  const equals = [
    { id: 1, priority: 5 },
    { id: 2, priority: 5 },
  ];
  const chosen = [0, 1, 2, 3].map(
    (talks) => [...shareAgents([agent(10)], equals, () => talks)].find(([, own]) => own.length > 0)![0],
  );
  assert.deepEqual(chosen, [1, 2, 1, 2]);
});

test("who will not be there after the call does not count", () => {
  const leaving = [
    agent(10, { next: "pause" }),
    agent(11, { next: "sign-out" }),
    agent(12, { resume: "paused" }),
    agent(13, { legUp: false }),
    agent(14, { state: "ringing" }),
    agent(15, { state: "paused" }),
  ];
  assert.deepEqual(share(leaving, { id: 1, priority: 5 }), [[1, []]]);
});
