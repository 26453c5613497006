import type { WaitingCaller, WaitingMove } from "../../../shared/waiting-callers.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Queues } from "../queues/index.ts";
import type { KeptPlaces } from "./kept-places.ts";
import type { Overflow } from "./overflow.ts";
import type { CallRunner } from "./runner.ts";

export interface WaitingCallers {
  /** In the order of their turns. */
  callersOf(queueId: number): WaitingCaller[];
  /** By this user. Errors (409): `caller-gone`, `agent-not-of-queue`, `kept-place-stays`, those of `TurnTo`; 404: no such queue. */
  moveCaller(queueId: number, callerId: string, move: WaitingMove, userId: number): void;
}

/** Who waits in queues, for supervisors: telephone calls and kept places alike. */
export function createWaitingCallers(deps: {
  agents: AgentRegistry;
  queues: Queues;
  kept: KeptPlaces;
  overflow: () => Overflow;
  runner: () => CallRunner;
  pickUp: (userId: number, callId: string) => void;
}): WaitingCallers {
  const { agents, queues, kept } = deps;
  const nameOf = (userId: number) => agents.get(userId)?.name ?? "";

  function toQueue(callerId: string, queueId: number, target: number): void {
    const call = deps.runner().get(callerId);
    if (!call) throw conflict("kept-place-stays", "A kept place stays in its queue.");
    if (!queues.queue(target)) throw notFound("queue", target);
    deps.overflow().move(call, queueId, target);
  }

  return {
    callersOf: (queueId) =>
      queues.line(queueId).map(({ caller, offeredTo }): WaitingCaller => {
        const place = kept.of(caller.callerId);
        const call = deps.runner().get(caller.callerId);
        return {
          callerId: caller.callerId,
          callId: call?.id ?? null,
          keptPlaceId: place?.id ?? null,
          name: place?.name ?? call?.plan.name ?? "",
          phone: place?.phone ?? call?.plan.phone ?? "",
          priority: caller.priority,
          since: new Date(place?.since ?? call?.queueWait?.since ?? caller.since).toISOString(),
          offeredTo: offeredTo.map(nameOf),
          waitsFor: caller.wanted?.until === Infinity ? nameOf(caller.wanted.userId) : null,
        };
      }),
    moveCaller(queueId, callerId, move, userId) {
      if (!queues.line(queueId).some(({ caller }) => caller.callerId === callerId))
        throw conflict("caller-gone", "They do not wait there any more.");
      switch (move.to) {
        case "front":
          return queues.toFront(callerId);
        case "me":
          if (!deps.runner().get(callerId))
            throw conflict("kept-place-stays", "A kept place stays in its queue.");
          return deps.pickUp(userId, callerId);
        case "queue":
          return toQueue(callerId, queueId, move.queueId);
        case "agent": {
          const agent = agents.get(move.userId);
          if (!agent?.legUp || !queues.serves(agent, queueId))
            throw conflict("agent-not-of-queue", "This agent does not serve the queue now.");
          return queues.want(callerId, move.userId);
        }
      }
    },
  };
}
