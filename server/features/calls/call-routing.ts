/**
 * Who takes a call that waits for an agent: one of its queue, chosen by the distribution (`queues/`), at once or as soon as
 * one is free. Whom we called, and callers of no queue, are told after a while that nobody is; a queue has its own limits,
 * and its overflow (`overflow.ts`).
 */
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { Arriving, Given, QueueKey, Queues, Refusal } from "../queues/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallView } from "./events.ts";
import { awaitsAgent } from "./call-core.ts";
import type { Comforts } from "./comfort.ts";
import { isUnlessEmpty } from "./guided.ts";
import { handleAs } from "./handle-as.ts";
import type { KeptPlaces } from "./kept-places.ts";
import type { Messages } from "./messages.ts";
import type { Overflow } from "./overflow.ts";
import { createQueueTones } from "./queue-tones.ts";
import type { CallRunner } from "./runner.ts";
import { type QueueLeft, queueLeftOf } from "./queue-left.ts";

export interface CallRouting extends Disposable {
  route(call: ActiveCall): void;
  /** An agent who is free takes it; false: there is none, and nothing waits. */
  routeNow(call: ActiveCall): boolean;
  /** It waits for nobody any more. */
  withdraw(call: ActiveCall): void;
  /** Its wait in a queue is over; noted with what became of it. */
  left(call: ActiveCall, left: QueueLeft): void;
  /** Calls that wait for an agent now, in the order of their coming. */
  waiting(): readonly ActiveCall[];
  /** Is the agent one of those for whom it waits? */
  isFor(call: CallView, agent: Agent): boolean;
  /** It is announced to this agent, who may accept or decline it. */
  isRinging(callId: string, userId: number): boolean;
  /** Errors (409): `call-gone-elsewhere`, `agent-not-free`. */
  accept(callId: string, userId: number): void;
  decline(callId: string, userId: number): void;
}

/** A caller of no queue may wait longer than somebody whom we called. */
const inboundWaitMs = 20_000;

/** Where it waits; without a queue or a campaign whoever is free takes it. */
export const queueOf = ({ queueOf: queue, plan: { queueId, campaign } }: CallView): QueueKey =>
  queue ?? queueId ?? (campaign ? `campaign-${campaign.id}` : "anybody");

const waits = (call: ActiveCall) => awaitsAgent(call.core);

export function createCallRouting(deps: {
  agents: AgentRegistry;
  queues: Queues;
  runner: () => CallRunner;
  messages: () => Messages;
  comforts: Comforts;
  kept: KeptPlaces;
  overflow: () => Overflow;
  switch: Pick<Switch, "play" | "stopPlayback">;
  legOf: (userId: number) => string | undefined;
  clock: Clock;
  events: EventBus;
  log: Log;
}): CallRouting {
  const { agents, queues, runner, clock } = deps;
  const tones = createQueueTones(deps);
  const waiting = new Map<string, ActiveCall>();

  function give(callId: string, userId: number): Given {
    if (deps.kept.has(callId)) return deps.kept.give(callId, userId);
    const call = runner().get(callId);
    if (!call || !waits(call)) return "caller-gone";
    if (!agents.feed(userId, { type: "assign", callId }).ok) return "agent-not-free";
    runner().clearTimer(call, "wait");
    runner().feed(callId, { type: "agent-chosen", userId });
    return "given";
  }

  queues.serve({
    give,
    rings(callId, userId, on) {
      tones.ring(userId, on);
      const call = runner().get(callId);
      if (!call) return;
      if (on) runner().note(call, "queue-rings", { data: { userId } });
      runner().changed(call);
    },
    unserved(callId, why) {
      if (deps.kept.has(callId)) return deps.kept.unserved(callId);
      const call = waiting.get(callId);
      if (call) unserved(call, why);
    },
  });

  const arrivingOf = (call: ActiveCall): Arriving => ({
    callerId: call.id,
    queueId: queueOf(call),
    since: call.queueWait?.since ?? clock.now(),
    priority: call.plan.priority ?? 0,
    // Who talked with this person last comes first.
    knownTo: call.plan.direction === "inbound" ? call.plan.agentUserId : null,
    // Nobody is given back at once what they have just given away.
    except: call.givenBy,
    unlessEmpty: isUnlessEmpty(call),
  });

  function forget(call: ActiveCall): void {
    waiting.delete(call.id);
    queues.leave(call.id);
  }

  function left(call: ActiveCall, { how, agentUserId, detail }: QueueLeft): void {
    forget(call);
    deps.comforts.over(call);
    const at = clock.now();
    const over = queues.visits.leave(call.id, { how, agentUserId, detail, at });
    if (!over) return;
    const { queueId, waitedMs } = over;
    const since = call.queueWait?.since ?? at;
    if (how === "answered")
      call.cameFrom = { queueId, name: queues.queue(queueId)?.name ?? "", waitedMs: Math.max(0, at - since) };
    const data = { queueId, waitedMs, how, ...(agentUserId !== null && { userId: agentUserId }), ...detail };
    runner().note(call, "queue-left", { at, data, also: (tx) => over.write(tx) });
  }

  const unserved = (call: ActiveCall, why: Refusal) => deps.overflow().send(call, queueOf(call), why);

  const stop = deps.events.on("call.changed", ({ call: { id, core } }) => {
    const call = awaitsAgent(core) ? undefined : runner().get(id);
    if (!call) return;
    if (waiting.has(id)) left(call, queueLeftOf(core));
    if (!call.queueWait) return;
    call.queueWait = null;
    deps.messages().unqueue(call);
  });

  function enter(call: ActiveCall, queueId: number): void {
    const enteredAt = clock.now();
    const { since, visited } = call.queueWait ?? {
      since: call.plan.keptPlace?.since ?? enteredAt,
      visited: [],
    };
    const name = queues.queue(queueId)?.name ?? "";
    call.queueWait = { since, name, visited: [...visited, queueId] };
    handleAs({ queues, runner: runner() }, call, queueId);
    waiting.set(call.id, call);
    runner().note(call, "queue-entered", {
      at: enteredAt,
      data: { queueId, queue: name },
      also: queues.visits.enter({
        callId: call.id,
        queueId,
        enteredAt,
        since,
        again: call.plan.keptPlace !== undefined,
      }),
    });
    const refused = queues.arrive(arrivingOf(call));
    if (refused) return unserved(call, refused);
    const place = queues.placeOf(call.id);
    // Undefined: an agent has the caller already.
    if (place === undefined) return;
    queues.visits.placed(call.id, place);
    deps.comforts.begin(call, queueId);
  }

  /** Whom we called has waited since the answer, also while we listened who it is. */
  function patienceOf(call: ActiveCall): number {
    const { campaign, direction } = call.plan;
    if (call.waitMs !== null) return call.waitMs;
    if (direction === "inbound" || !campaign) return inboundWaitMs;
    const waited = call.sorting ? clock.now() - (call.answeredAt ?? clock.now()) : 0;
    return Math.max(0, campaign.abandonAfterMs - waited);
  }

  return {
    routeNow: (call) => queues.offerNow(arrivingOf(call)),
    route(call) {
      const queueId = queueOf(call);
      if (typeof queueId === "number") return enter(call, queueId);
      waiting.set(call.id, call);
      queues.arrive(arrivingOf(call));
      if (!waiting.has(call.id)) return;
      runner().setTimer(call, "wait", patienceOf(call), () => runner().feed(call.id, { type: "no-agent" }));
    },
    withdraw(call) {
      forget(call);
      runner().clearTimer(call, "wait");
    },
    left,
    waiting: () => [...waiting.values()],
    isFor: (call, agent) => queues.serves(agent, queueOf(call)),
    isRinging: (callId, userId) => queues.isRinging(callId, userId),
    accept(callId, userId) {
      const given = queues.accept(callId, userId);
      if (given === "caller-gone") throw conflict("call-gone-elsewhere", "This call has gone elsewhere.");
      if (given === "agent-not-free") throw conflict("agent-not-free", "You cannot take a call now.");
    },
    decline: (callId, userId) => queues.decline(callId, userId),
    [Symbol.dispose]: stop,
  };
}
