import assert from "node:assert/strict";
import { test } from "node:test";
import { pace, type PacedCampaign } from "./pacing.ts";

const campaign = (change: Partial<PacedCampaign> = {}): PacedCampaign => ({
  id: 1,
  mode: "progressive",
  status: "running",
  priority: 5,
  ratio: 1,
  readyAgents: [11, 12, 13],
  signedIn: 5,
  linesInFlight: 0,
  linesFree: 100,
  shortOf: null,
  trunkUp: true,
  ...change,
});
const one = (change: Partial<PacedCampaign>) => {
  const [paced] = pace([campaign(change)]);
  return [paced!.dials, paced!.limit];
};

test("progressive dials one line for each ready agent, ratio so many, never a fraction", () => {
  assert.deepEqual(one({}), [3, "running"]);
  assert.deepEqual(one({ linesInFlight: 2 }), [1, "running"]);
  assert.deepEqual(one({ linesInFlight: 9 }), [0, "running"]);
  assert.deepEqual(one({ mode: "ratio", ratio: 1.5 }), [4, "running"]);
  assert.deepEqual(one({ mode: "ratio", ratio: 3, linesInFlight: 4 }), [5, "running"]);
  assert.deepEqual(one({ mode: "ratio", ratio: 3, lawSpent: true }), [3, "budget"]);
});

test("a campaign says what holds it back", () => {
  assert.deepEqual(one({ status: "paused" }), [0, "paused"]);
  assert.deepEqual(one({ signedIn: 0, readyAgents: [] }), [0, "no-agents"]);
  assert.deepEqual(one({ readyAgents: [] }), [0, "agents-busy"]);
  assert.deepEqual(one({ shortOf: "outside-hours" }), [0, "outside-hours"]);
  assert.deepEqual(one({ linesFree: 1 }), [1, "trunk-limit"]);
  assert.deepEqual(one({ trunkUp: false }), [0, "trunk-down"]);
  // What cannot dial has no agents to its account; the reason stays.
  const owned = new Set<number>();
  assert.deepEqual(one({ owned, shortOf: "caller-ids" }), [0, "caller-ids"]);
  assert.deepEqual(one({ owned, trunkUp: false }), [0, "trunk-down"]);
});

test("campaigns share agents by priority; what the first does not need goes to the next", () => {
  const [high, low] = [campaign({ id: 2, priority: 9, readyAgents: [11, 12] }), campaign({ id: 1 })];
  const dials = Object.fromEntries(pace([low, high]).map((p) => [p.campaignId, p.dials]));
  assert.deepEqual(dials, { 1: 1, 2: 2 });
  const empty = pace([low, { ...high, shortOf: "no-leads" }]);
  assert.deepEqual(Object.fromEntries(empty.map((p) => [p.campaignId, p.dials])), { 1: 3, 2: 0 });
  const flying = pace([low, { ...high, shortOf: "no-leads", linesInFlight: 2 }]);
  assert.equal(flying.find((p) => p.campaignId === 1)?.dials, 1);
  assert.equal(pace([campaign({ id: 1 }), campaign({ id: 2 })])[1]!.limit, "agents-busy");
});

test("agentless dials up to its lines and its rate, whoever is signed in", () => {
  const alone = { concurrency: 10, rate: 50, transferShare: null, waiting: 0 };
  const quiet = { mode: "agentless", signedIn: 0, readyAgents: [] } as const;
  assert.deepEqual(one({ ...quiet, agentless: alone, linesInFlight: 4 }), [6, "running"]);
  assert.deepEqual(one({ ...quiet, agentless: alone, linesInFlight: 12 }), [0, "concurrency"]);
  assert.deepEqual(one({ ...quiet, agentless: { ...alone, rate: 2 } }), [2, "call-rate"]);
  assert.deepEqual(one({ ...quiet, agentless: alone, linesFree: 3 }), [3, "trunk-limit"]);
  assert.deepEqual(one({ ...quiet, agentless: alone, trunkUp: false }), [0, "trunk-down"]);
  assert.deepEqual(one({ ...quiet, agentless: alone, shortOf: "no-leads" }), [0, "no-leads"]);
});

test("agentless with transfers keeps those who will ask for an agent below the agents who are free", () => {
  const asks = { concurrency: 100, rate: 100, transferShare: 0.2, waiting: 0 };
  const mode = { mode: "agentless", agentless: asks } as const;
  assert.deepEqual(one({ ...mode, signedIn: 0, readyAgents: [] }), [0, "no-agents"]);
  assert.deepEqual(one({ ...mode, readyAgents: [] }), [0, "agents-busy"]);
  assert.deepEqual(one(mode), [15, "agents-busy"]);
  assert.deepEqual(one({ ...mode, linesInFlight: 6, agentless: { ...asks, waiting: 1 } }), [
    5,
    "agents-busy",
  ]);
  // One of three agents is expected to be asked for: two are left to the campaign below.
  const few = campaign({ id: 2, priority: 9, ...mode, linesFree: 5 });
  assert.equal(pace([campaign({ id: 1 }), few]).find((paced) => paced.campaignId === 1)?.dials, 2);
});

test("predictive dials what its policy says, of agents whom no other campaign counts on", () => {
  const seen: number[][] = [];
  const predict: PacedCampaign["predict"] = (taken) => {
    seen.push([...taken]);
    return { dials: 9, limit: "chance" };
  };
  const ahead = { mode: "predictive", readyAgents: [], predict } as const;
  assert.deepEqual(one(ahead), [9, "chance"]);
  assert.deepEqual(one({ ...ahead, trunkUp: false }), [0, "trunk-down"]);
  assert.deepEqual(one({ ...ahead, shortOf: "no-leads" }), [0, "no-leads"]);
  assert.deepEqual(one({ ...ahead, signedIn: 0 }), [0, "no-agents"]);
  const paced = pace([
    campaign({ id: 1, priority: 9, readyAgents: [11] }),
    campaign({ id: 2, ...ahead, readyAgents: [11, 12] }),
    campaign({ id: 3, priority: 1, readyAgents: [12, 13] }),
  ]);
  assert.deepEqual(seen.at(-1), [11]);
  assert.deepEqual(
    paced.map((p) => p.agents),
    [[11], [12], [13]],
  );
});

test("no two campaigns dial for one agent: lines in flight hold theirs, whoever's turn it is", () => {
  const [a, b] = [campaign({ id: 1, readyAgents: [11] }), campaign({ id: 2, readyAgents: [11] })];
  for (const turn of [0, 1]) {
    const paced = pace([{ ...a, linesInFlight: 1 }, b], turn);
    assert.deepEqual(
      paced.map(({ dials }) => dials),
      [0, 0],
    );
  }
  // The one line of the first is for the agent who works for it alone.
  const shared = campaign({ id: 1, readyAgents: [11, 12], owned: new Set([12]), linesInFlight: 1 });
  const both = pace([shared, { ...b, owned: new Set([11]) }]);
  assert.deepEqual(
    both.map(({ agents }) => agents),
    [[12], [11]],
  );
});

test("whatever campaigns share, each line has an agent of its own", () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const modes = ["progressive", "ratio", "preview", "predictive"] as const;
  for (let round = 0; round < 2_000; round++) {
    const team = Array.from({ length: 1 + random(6) }, (_, i) => i);
    const owner = team.map(() => 1 + random(4));
    const campaigns = Array.from({ length: 1 + random(4) }, (_, i) => {
      const mode = modes[random(4)]!;
      const readyAgents = team.filter(() => random(3) > 0);
      return campaign({
        id: i + 1,
        mode,
        priority: 5 + random(2),
        ratio: 1 + random(3) / 2,
        readyAgents,
        owned: new Set(team.filter((agent) => owner[agent] === i + 1)),
        linesInFlight: random(4),
        linesFree: random(5),
        predict: (taken) => ({
          dials: readyAgents.filter((agent) => !taken.has(agent)).length,
          limit: "chance",
        }),
      });
    });
    const paced = pace(campaigns, round);
    const spoken = paced.flatMap(({ agents }) => agents);
    assert.equal(new Set(spoken).size, spoken.length, JSON.stringify({ campaigns, paced }));
    for (const { campaignId, dials, agents } of paced) {
      const { mode, ratio, linesInFlight, linesFree } = campaigns[campaignId - 1]!;
      if (mode === "predictive" || dials === 0) continue;
      const lines = dials + (mode === "preview" ? 0 : linesInFlight);
      assert.ok(
        lines <= agents.length * (mode === "ratio" ? ratio : 1) + 1e-9,
        JSON.stringify({ campaigns, paced }),
      );
      if (mode !== "preview") assert.ok(dials <= linesFree);
    }
  }
});

test("campaigns of one priority take turns", () => {
  const two = [campaign({ id: 1 }), campaign({ id: 2 })];
  const first = (turn: number) => pace(two, turn)[0]!.campaignId;
  assert.deepEqual([first(0), first(1), first(2)], [1, 2, 1]);
});
