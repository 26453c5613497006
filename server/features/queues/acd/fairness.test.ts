import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../kernel/random.ts";
import { AcdEngine } from "./engine.ts";
import { mayTake } from "./fitness.ts";
import { type AcdAgent, acdStrategies, type AcdCaller, type Offer, type QueueRule } from "./types.ts";

const queueIds = [1, 2, 3, 4, 5];
const skillIds = [10, 11, 12];

/** Callers and agents by chance, and what each of them should be, kept apart from the engine. */
function world(seed: number) {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random.next() * n);
  const engine = new AcdEngine();
  const rules = queueIds.map((queueId): QueueRule => ({
    queueId,
    strategy: acdStrategies[queueId - 1]!,
    seniorityMs: 60_000,
    relax: [{ afterMs: 20_000, levels: 3 }],
    maxLength: 40,
    maxWaitMs: queueId === 5 ? 90_000 : null,
  }));
  for (const rule of rules) engine.setQueue(rule, 0);
  const agents = Array.from({ length: 30 }, (_, i): Omit<AcdAgent, "freeSince"> => {
    const of = (ids: number[], most: number) =>
      new Map(ids.filter(() => random.next() < 0.5).map((id) => [id, 1 + below(most)]));
    return { userId: i + 1, queues: of(queueIds, 3), skills: of(skillIds, 10), answeredToday: below(9) };
  });
  const free = new Map<number, AcdAgent>();
  const asked = new Map<number, string>();
  const waiting = new Map<string, { caller: AcdCaller; refusedBy: Map<number, number> }>();
  let now = 0;
  let served = 0;

  function take(offers: readonly Offer[]): void {
    for (const { callerId, userIds } of offers) {
      assert.ok(waiting.has(callerId), `${callerId} is offered and does not wait`);
      for (const userId of userIds) {
        assert.ok(free.delete(userId), `${userId} is asked and was not free`);
        asked.set(userId, callerId);
      }
    }
  }
  /** Those who were asked for it are asked no more; the engine has them free. */
  function released(callerId: string, but?: number): void {
    for (const [userId, for_] of asked)
      if (for_ === callerId) {
        asked.delete(userId);
        if (userId !== but) free.set(userId, { ...agents[userId - 1]!, freeSince: now });
      }
  }
  const pick = <T>(of: Iterable<T>): T | undefined => {
    const all = [...of];
    return all[below(all.length)];
  };
  let callers = 0;
  const acts: (() => void)[] = [
    function arrive() {
      const caller: AcdCaller = {
        callerId: `c${callers++}`,
        queueId: queueIds[below(5)]!,
        since: now,
        enteredAt: now,
        priority: below(3),
        needs: random.next() < 0.5 ? [{ skillId: skillIds[below(3)]!, level: 1 + below(10) }] : [],
        wanted: random.next() < 0.2 ? { userId: 1 + below(30), until: now + 15_000 } : null,
        except: null,
      };
      const arrival = engine.arrive(caller, now);
      if (!("offers" in arrival)) return;
      waiting.set(caller.callerId, { caller, refusedBy: new Map() });
      take(arrival.offers);
    },
    function becomesFree() {
      const agent = pick(agents.filter(({ userId }) => !free.has(userId) && !asked.has(userId)));
      if (!agent) return;
      const ready = { ...agent, freeSince: now };
      free.set(agent.userId, ready);
      take(engine.agentFree(ready, now));
    },
    function accept() {
      const [userId, callerId] = pick(asked) ?? [];
      if (userId === undefined || callerId === undefined) return;
      released(callerId, userId);
      waiting.delete(callerId);
      const { taken, offers } = engine.accept(callerId, userId, now);
      assert.ok(taken);
      served++;
      take(offers);
    },
    function refuse() {
      const [userId, callerId] = pick(asked) ?? [];
      if (userId === undefined || callerId === undefined || random.next() < 0.8) return;
      asked.delete(userId);
      waiting.get(callerId)!.refusedBy.set(userId, now + 30_000);
      take(engine.refuse(callerId, userId, now));
    },
    function hangUp() {
      const callerId = random.next() < 0.3 ? pick(waiting.keys()) : undefined;
      if (!callerId) return;
      released(callerId);
      waiting.delete(callerId);
      take(engine.leave(callerId, now));
    },
    function pause() {
      const userId = random.next() < 0.3 ? pick([...free.keys(), ...asked.keys()]) : undefined;
      if (userId === undefined) return;
      free.delete(userId);
      asked.delete(userId);
      take(engine.agentGone(userId, now));
    },
    function move() {
      const callerId = random.next() < 0.2 ? pick(waiting.keys()) : undefined;
      if (!callerId) return;
      const queueId = queueIds[below(5)]!;
      released(callerId);
      const one = waiting.get(callerId)!;
      one.caller = { ...one.caller, queueId };
      take(engine.change(callerId, { queueId }, now));
    },
  ];

  function check(): void {
    const lines = queueIds.flatMap((queueId) => engine.line(queueId));
    assert.deepEqual(lines.map(({ caller }) => caller.callerId).sort(), [...waiting.keys()].sort());
    const told = lines.flatMap(({ caller, offeredTo }) =>
      offeredTo.map((userId) => [userId, caller.callerId]),
    );
    assert.deepEqual(new Map(told as [number, string][]), asked);
    for (const { caller, offeredTo } of lines)
      if (offeredTo.length === 0)
        for (const agent of free.values()) {
          const { refusedBy } = waiting.get(caller.callerId)!;
          const seen = {
            caller,
            refusedBy,
            place: 0,
            arrival: 0,
            changesAt: 0,
            offeredTo: new Set<number>(),
          };
          assert.ok(
            !mayTake(agent, seen, rules[Number(caller.queueId) - 1]!, now),
            `${agent.userId} is free and ${caller.callerId} waits`,
          );
        }
  }

  return {
    step() {
      now += below(2_000);
      const { tooLong, offers } = engine.wake(now);
      for (const callerId of tooLong) waiting.delete(callerId);
      take(offers);
      acts[below(acts.length)]!();
      check();
    },
    served: () => served,
  };
}

test("by chance, for long: nobody is lost or asked twice, and nobody is free whom somebody who waits could have", () => {
  for (const seed of [1, 2, 3, 4]) {
    const run = world(seed);
    for (let i = 0; i < 4_000; i++) run.step();
    assert.ok(run.served() > 300, `${run.served()} served`);
  }
});

const callerOf = (callerId: string, since: number, priority: number): AcdCaller => {
  return { callerId, queueId: 1, since, enteredAt: since, priority, needs: [], wanted: null, except: null };
};

test("nobody starves: beside more VIPs than the agent can serve, who is nobody in particular has a turn", () => {
  const engine = new AcdEngine();
  const seniorityMs = 300_000;
  engine.setQueue(
    { queueId: 1, strategy: "longest-idle", seniorityMs, relax: [], maxLength: null, maxWaitMs: null },
    0,
  );
  const talkMs = 60_000;
  engine.arrive(callerOf("plain", 0, 0), 0);
  for (let now = 0; ; now += talkMs) {
    for (let i = 0; i < 2; i++) engine.arrive(callerOf(`vip ${now} ${i}`, now, 1), now);
    const queues = new Map([[1, 1]]);
    const [offer] = engine.agentFree(
      { userId: 1, queues, skills: new Map(), freeSince: now, answeredToday: 0 },
      now,
    );
    engine.accept(offer!.callerId, 1, now);
    if (offer!.callerId === "plain") break;
    assert.ok(now < 4 * seniorityMs, "still waits");
  }
});
