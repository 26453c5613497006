/**
 * Callers who hung up to be called back in their turn. Each is a row (`queues/kept/`), and while it waits a caller in the
 * line like those on the telephone, with nobody on it. When its turn comes:
 *
 *   waiting ── its turn ──▶ dialling ── talked ───────────────▶ closed: reached
 *      ▲                       │ └───── may not be called ────▶ closed: refused, or waits until it may
 *      └── minutes between ────┘ nobody, a machine, no agent    closed: unreached, after the last try
 *   waiting ── too late ──▶ closed: expired      a supervisor, or the queue's end ──▶ closed
 *
 * The agent is kept first and the customer called then, or the other way round, as the queue says. The rows decide: what
 * is in memory follows them every few seconds, and after a start of the server all of it comes from them.
 */
import type { KeptEnd } from "../../../shared/kept-places.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import {
  claimKeptPlace,
  closeKeptPlace,
  type Given,
  insertKeptPlace,
  type OpenKeptPlace,
  openKeptPlaces,
  type Queues,
  returnKeptPlace,
} from "../queues/index.ts";
import type { ActiveCall, CallPlan } from "./active-call.ts";
import { handleAs } from "./handle-as.ts";
import type { Door } from "./place-call.ts";
import type { CallRunner } from "./runner.ts";

export interface KeptPlaces extends AsyncDisposable {
  /** The caller is told so and hangs up; the place is in the transaction of this step. */
  keep(call: ActiveCall, queueId: number, phone: string): void;
  /** Is this caller of the distribution one of ours? */
  has(callerId: string): boolean;
  of(callerId: string): OpenKeptPlace | undefined;
  /** An agent is free for it. */
  give(callerId: string, userId: number): Given;
  unserved(callerId: string): void;
  /** Makes the line agree with the rows. */
  look(): Promise<void>;
}

const everyMs = 3_000;
/** After a fault on our side. */
const faultMs = 60_000;

const callerIdOf = (id: number) => `kept-${id}`;

export function createKeptPlaces(deps: {
  database: Database;
  agents: AgentRegistry;
  queues: Queues;
  runner: () => CallRunner;
  door: () => Door;
  clock: Clock;
  events: EventBus;
  log: Log;
}): KeptPlaces {
  const { database, agents, queues, runner, clock, events, log } = deps;
  /** In the line. */
  const inLine = new Map<string, OpenKeptPlace>();
  let looking: Promise<void> | undefined;

  function leaveLine(callerId: string): void {
    const place = inLine.get(callerId);
    if (!place) return;
    inLine.delete(callerId);
    queues.leave(callerId);
    events.publish("queue.moved", { queueId: place.queueId });
  }

  function enterLine(place: OpenKeptPlace): void {
    const callerId = callerIdOf(place.id);
    if (inLine.has(callerId)) return;
    inLine.set(callerId, place);
    const { queueId, priority } = place;
    const since = place.since.getTime();
    const refused = queues.arrive({
      callerId,
      queueId,
      since,
      priority,
      knownTo: null,
      except: null,
      keepsPlace: true,
    });
    if (refused) inLine.delete(callerId);
    events.publish("queue.moved", { queueId });
  }

  async function close(id: number, how: KeptEnd): Promise<void> {
    const at = new Date(clock.now());
    await database.transact((tx) => closeKeptPlace(tx, id, { how, at }));
    log.info({ keptPlaceId: id, how }, "kept place closed");
  }

  async function lookOnce(): Promise<void> {
    const open = await openKeptPlaces(database.db);
    const now = clock.now();
    const ids = new Set(open.flatMap(({ id, state }) => (state === "waiting" ? callerIdOf(id) : [])));
    for (const callerId of inLine.keys()) if (!ids.has(callerId)) leaveLine(callerId);
    for (const place of open) {
      if (place.state !== "waiting") continue;
      if (!queues.queue(place.queueId)) await close(place.id, "queue-closed");
      else if (place.expiresAt.getTime() <= now) {
        leaveLine(callerIdOf(place.id));
        await close(place.id, "expired");
      } else if (place.dueAt.getTime() <= now) enterLine(place);
    }
  }

  /** One look after another; one that is asked for meanwhile comes after it. */
  async function look(): Promise<void> {
    const before = looking;
    const mine = (async () => {
      await before;
      await lookOnce().catch((error: unknown) => log.error({ err: error }, "kept places could not be read"));
    })();
    looking = mine;
    await mine;
    if (looking === mine) looking = undefined;
  }

  const planOf = (place: OpenKeptPlace, callId: string, agentUserId: number | null): CallPlan => ({
    callId,
    direction: "outbound",
    origin: "callback",
    phone: place.phone,
    name: place.name,
    timeZone: place.timeZone,
    campaign: null,
    listId: null,
    leadId: null,
    customerId: place.customerId,
    leadAttempts: 0,
    agentUserId,
    queueId: place.queueId,
    priority: place.priority,
    keptPlace: {
      id: place.id,
      queue: queues.queue(place.queueId)?.name ?? "",
      since: place.since.getTime(),
      askedAt: place.askedAt.getTime(),
    },
  });

  async function place(kept: OpenKeptPlace, callId: string, userId: number | null): Promise<void> {
    const free = () => {
      if (userId !== null) agents.feed(userId, { type: "call-failed", callId });
    };
    const claim = { id: kept.id, callId, userId, now: new Date(clock.now()) };
    try {
      const [placed] = await deps.door().placeCalls(async (tx) => {
        return (await claimKeptPlace(tx, claim)) ? [planOf(kept, callId, userId)] : [];
      }, callId);
      const call = runner().get(callId);
      if (placed?.allowed && call) handleAs({ queues, runner: runner() }, call, kept.queueId);
      if (placed?.allowed) return;
      free();
      if (!placed) return;
      log.info({ keptPlaceId: kept.id, rules: placed.refusedBy }, "a kept place may not be called");
      if (placed.retryAt === null) return await close(kept.id, "refused");
      const dueAt = new Date(placed.retryAt);
      await database.transact((tx) => returnKeptPlace(tx, kept.id, { dueAt, counts: false }));
    } catch (error) {
      log.error({ err: error, keptPlaceId: kept.id }, "a kept place could not be called");
      free();
      const dueAt = new Date(clock.now() + faultMs);
      await database.transact((tx) => returnKeptPlace(tx, kept.id, { dueAt, counts: false }));
    }
  }

  /** Customers who are called before an agent is kept for them are no more than agents who are free. */
  function isRoomFor({ queueId }: OpenKeptPlace): boolean {
    const isOurs = ({ plan, core }: ActiveCall) =>
      plan.keptPlace && plan.queueId === queueId && core.agentUserId === null && core.state !== "closed";
    const free = agents.all().filter((agent) => agent.state === "ready" && queues.serves(agent, queueId));
    return runner().all().filter(isOurs).length + placing < free.length;
  }
  let placing = 0;

  function give(callerId: string, userId: number): Given {
    const kept = inLine.get(callerId);
    const first = kept && queues.queue(kept.queueId)?.waiting.callback.first;
    if (!kept || !first) return "caller-gone";
    const callId = newId(clock.now());
    if (first === "agent" && !agents.feed(userId, { type: "dial", callId }).ok) return "agent-not-free";
    inLine.delete(callerId);
    // It comes to the line again at the next look.
    if (first === "customer" && !isRoomFor(kept)) return "caller-gone";
    placing++;
    place(kept, callId, first === "agent" ? userId : null)
      .catch((error: unknown) =>
        log.error({ err: error, keptPlaceId: kept.id }, "a kept place was left behind"),
      )
      .finally(() => void placing--);
    return first === "agent" ? "given" : "caller-gone";
  }

  const timer = clock.every(everyMs, () => void (looking ?? look()));
  return {
    has: (callerId) => inLine.has(callerId),
    of: (callerId) => inLine.get(callerId),
    give,
    look,
    unserved: (callerId) => leaveLine(callerId),
    keep(call, queueId, phone) {
      const { plan, queueWait, customerId } = call;
      const askedAt = clock.now();
      const hours = queues.queue(queueId)?.waiting.callback.hours ?? 1;
      const kept = {
        queueId,
        callId: call.id,
        phone,
        name: plan.name,
        customerId,
        timeZone: plan.timeZone,
        priority: plan.priority ?? 0,
        since: queueWait?.since ?? askedAt,
        askedAt,
        expiresAt: askedAt + hours * 3_600_000,
      };
      runner().feed(
        call.id,
        { type: "place-kept" },
        { also: (tx) => insertKeptPlace(tx, kept), after: () => void look() },
      );
    },
    async [Symbol.asyncDispose]() {
      timer.cancel();
      await looking;
    },
  };
}
