import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AcdEngine } from "./engine.ts";
import type { AcdAgent, AcdCaller, AcdStrategy, QueueRule } from "./types.ts";

const support = 1;
const sales = 2;
const rule = (changes: Partial<QueueRule> = {}): QueueRule => ({
  queueId: support,
  strategy: "longest-idle",
  seniorityMs: 60_000,
  relax: [],
  maxLength: null,
  maxWaitMs: null,
  ...changes,
});
const caller = (callerId: string, changes: Partial<AcdCaller> = {}): AcdCaller => ({
  callerId,
  queueId: support,
  since: 0,
  enteredAt: changes.since ?? 0,
  priority: 0,
  needs: [],
  wanted: null,
  except: null,
  ...changes,
});
const agent = (userId: number, changes: Partial<AcdAgent> = {}): AcdAgent => ({
  userId,
  queues: new Map([[support, 1]]),
  skills: new Map(),
  freeSince: userId,
  answeredToday: 0,
  ...changes,
});

function engineOf(...rules: QueueRule[]): AcdEngine {
  const engine = new AcdEngine();
  for (const one of rules.length > 0 ? rules : [rule()]) engine.setQueue(one, 0);
  return engine;
}

/** Whom each of the callers meets when all agents are free, one call after another; each talks at once and is busy. */
function order(engine: AcdEngine, agents: AcdAgent[], callers: AcdCaller[]): number[] {
  for (const one of agents) engine.agentFree(one, 0);
  return callers.map((one) => {
    const arrival = engine.arrive(one, 0);
    assert.ok("offers" in arrival);
    const [userId] = arrival.offers[0]!.userIds;
    engine.accept(one.callerId, userId!, 0);
    return userId!;
  });
}

describe("who is asked", () => {
  const three = [
    agent(1, { freeSince: 30, answeredToday: 5, skills: new Map([[7, 4]]) }),
    agent(2, { freeSince: 10, answeredToday: 9, skills: new Map([[7, 2]]) }),
    agent(3, { freeSince: 20, answeredToday: 1, skills: new Map([[7, 9]]) }),
  ];
  const strategies: [AcdStrategy, number[]][] = [
    ["longest-idle", [2, 3, 1]],
    ["fewest-answered", [3, 1, 2]],
    ["most-skilled", [3, 1, 2]],
    ["round-robin", [1, 2, 3]],
  ];
  for (const [strategy, expected] of strategies)
    test(strategy, () => {
      const callers = ["a", "b", "c"].map((id) => caller(id, { needs: [{ skillId: 7, level: 1 }] }));
      assert.deepEqual(order(engineOf(rule({ strategy })), three, callers), expected);
    });

  test("by turns goes on after the last who was asked, and begins again", () => {
    const engine = engineOf(rule({ strategy: "round-robin" }));
    for (const one of three) engine.agentFree(one, 0);
    const turns = Array.from({ length: 7 }, (_, i) => {
      const arrival = engine.arrive(caller(`${i}`), 0);
      assert.ok("offers" in arrival);
      const userId = arrival.offers[0]!.userIds[0]!;
      engine.accept(`${i}`, userId, 0);
      engine.agentFree(three[userId - 1]!, 0);
      return userId;
    });
    assert.deepEqual(turns, [1, 2, 3, 1, 2, 3, 1]);
  });

  test("all at once: the first to accept has the caller, the others are free for the next", () => {
    const engine = engineOf(rule({ strategy: "ring-all" }));
    for (const one of three) engine.agentFree(one, 0);
    assert.deepEqual(engine.arrive(caller("a"), 0), { offers: [{ callerId: "a", userIds: [2, 3, 1] }] });
    assert.deepEqual(engine.arrive(caller("b"), 0), { offers: [] });
    const { taken, offers } = engine.accept("a", 3, 0);
    assert.ok(taken);
    assert.equal(offers[0]!.callerId, "b");
    assert.deepEqual(engine.accept("a", 1, 0), { taken: false, offers: [] });
  });

  test("a rank in the queue goes before the strategy", () => {
    const second = agent(1, { queues: new Map([[support, 2]]), freeSince: 0 });
    assert.deepEqual(order(engineOf(), [second, agent(2)], [caller("a"), caller("b")]), [2, 1]);
  });

  test("the familiar agent is waited for, then anybody; who is gone for the day is not waited for", () => {
    const engine = engineOf();
    engine.agentFree(agent(1), 0);
    const wanted = { userId: 2, until: 20_000 };
    assert.deepEqual(engine.arrive(caller("a", { wanted }), 0), { offers: [] });
    assert.deepEqual(engine.wake(19_999).offers, []);
    assert.deepEqual(engine.wake(20_000).offers, [{ callerId: "a", userIds: [1] }]);
    assert.deepEqual(engine.arrive(caller("b", { wanted: { userId: 2, until: Infinity } }), 20_000), {
      offers: [],
    });
    engine.arrive(caller("c"), 20_000);
    assert.deepEqual(engine.agentFree(agent(2), 21_000), [{ callerId: "b", userIds: [2] }]);
    engine.refuse("b", 2, 22_000);
    engine.accept("a", 1, 22_000);
    engine.agentFree(agent(1), 23_000);
    assert.deepEqual(engine.agentAbsent(2, 24_000), []);
    assert.deepEqual(
      engine.line(support).map(({ caller: { callerId }, offeredTo }) => [callerId, offeredTo]),
      [
        ["b", []],
        ["c", [1]],
      ],
    );
    assert.deepEqual(engine.accept("c", 1, 25_000).taken, true);
    assert.deepEqual(engine.agentFree(agent(1), 26_000), [{ callerId: "b", userIds: [1] }]);
  });

  test("levels fall as the wait grows", () => {
    const engine = engineOf(
      rule({
        relax: [
          { afterMs: 10_000, levels: 2 },
          { afterMs: 30_000, levels: 9 },
        ],
      }),
    );
    engine.agentFree(agent(1), 0);
    engine.agentFree(agent(2, { skills: new Map([[7, 6]]) }), 0);
    const needs = [{ skillId: 7, level: 8 }];
    for (const id of ["a", "b"]) engine.arrive(caller(id, { needs }), 0);
    assert.deepEqual(engine.wake(9_999).offers, []);
    assert.deepEqual(engine.wake(10_000).offers, [{ callerId: "a", userIds: [2] }]);
    assert.deepEqual(engine.wake(30_000).offers, [{ callerId: "b", userIds: [1] }]);
  });
});

const next = (engine: AcdEngine, one: AcdAgent, now = 0) => engine.agentFree(one, now)[0]?.callerId;

describe("who is next", () => {
  test("first come, first served; priority counts as waiting, so a long wait beats it", () => {
    const engine = engineOf();
    engine.arrive(caller("early", { since: 0 }), 0);
    engine.arrive(caller("late", { since: 50_000 }), 50_000);
    engine.arrive(caller("vip", { since: 55_000, priority: 1 }), 55_000);
    engine.arrive(caller("vip too late", { since: 70_000, priority: 1 }), 70_000);
    const served = [1, 2, 3, 4].map((userId) => next(engine, agent(userId), 70_000));
    assert.deepEqual(served, ["vip", "early", "vip too late", "late"]);
  });

  test("an agent of many queues serves the one of the best rank, among equals the longest wait", () => {
    const engine = engineOf(rule(), rule({ queueId: sales }), rule({ queueId: 3 }));
    engine.arrive(caller("support", { since: 1 }), 9);
    engine.arrive(caller("sales", { since: 2, queueId: sales }), 9);
    engine.arrive(caller("other", { since: 0, queueId: 3 }), 9);
    const queues = new Map([
      [support, 1],
      [sales, 1],
      [3, 2],
    ]);
    assert.deepEqual(
      [1, 2, 3].map((userId) => next(engine, agent(userId, { queues }))),
      ["support", "sales", "other"],
    );
  });

  test("a refused caller keeps its place, and is not offered to the same agent at once", () => {
    const engine = engineOf();
    engine.arrive(caller("a", { since: 0 }), 0);
    engine.arrive(caller("b", { since: 1 }), 1);
    assert.equal(next(engine, agent(1)), "a");
    assert.deepEqual(engine.refuse("a", 1, 5_000), []);
    assert.equal(engine.position("a"), 0);
    assert.equal(next(engine, agent(1), 6_000), "b");
    assert.equal(next(engine, agent(2), 6_000), "a");
  });

  test("a caller changes queue and keeps its wait; a full queue and a wait that is too long are told", () => {
    const engine = engineOf(rule(), rule({ queueId: sales, maxLength: 1, maxWaitMs: 60_000 }));
    engine.arrive(caller("a"), 0);
    engine.arrive(caller("b", { queueId: sales }), 0);
    assert.deepEqual(engine.arrive(caller("c", { queueId: sales }), 0), { refused: "queue-full" });
    engine.change("a", { queueId: sales }, 0);
    assert.equal(engine.position("a"), 0, "it came first");
    assert.deepEqual(engine.wake(60_000).tooLong, ["a", "b"]);
    assert.equal(engine.position("a"), undefined);
  });

  test("who is asked when the caller hangs up is free for the next", () => {
    const engine = engineOf();
    engine.agentFree(agent(1), 0);
    engine.arrive(caller("a"), 0);
    engine.arrive(caller("b"), 0);
    assert.deepEqual(engine.leave("a", 0), [{ callerId: "b", userIds: [1] }]);
    assert.deepEqual(engine.agentGone(1, 0), []);
    assert.equal(next(engine, agent(1)), "b", "gone is no refusal");
  });
});
