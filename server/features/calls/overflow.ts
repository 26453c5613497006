/**
 * Where a caller goes whom a queue does not serve: for whom there is no room or nobody here, or who waited too long. Every
 * way ends: whom a flow sent goes back to it, a queue that was passed already is not entered again, and a number that does not come is followed by a word.
 *
 *   unserved ──▶ queue ──▶ waits there
 *           ├──▶ voicemail
 *           ├──▶ number ── answered ──▶ bridged
 *           │       └── refused, or nobody ──┐
 *           └──▶ words ◀────────────────────┘ ──▶ hung up
 */
import type { OverflowTarget, WaitingAct } from "../../../shared/queues.ts";
import type { Log } from "../../kernel/log.ts";
import type { QueueKey, Queues, Refusal } from "../queues/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRouting } from "./call-routing.ts";
import type { InviteNumber } from "./outside-party.ts";
import type { CallRunner } from "./runner.ts";
import type { Voicemail } from "./voicemail.ts";

export interface Overflow {
  send(call: ActiveCall, queueId: QueueKey, why: Refusal): void;
  /** The caller has pressed the key for it. */
  choose(call: ActiveCall, queueId: QueueKey, act: Exclude<WaitingAct, { type: "callback" }>): void;
  /** A supervisor sends the caller to another queue. */
  move(call: ActiveCall, queueId: QueueKey, target: number): void;
  /** The number that it went to did not come; false when it went to none. */
  alone(call: ActiveCall): boolean;
}

export function createOverflow(deps: {
  queues: Queues;
  runner: CallRunner;
  routing: () => CallRouting;
  inviteNumber: InviteNumber;
  voicemail: Voicemail;
  /** To the flow that sent it to the queue; false: none did. */
  back: (call: ActiveCall, why: Refusal | "chosen") => boolean;
  log: Log;
}): Overflow {
  const { queues, runner, routing, log } = deps;
  const toNumber = new WeakSet<ActiveCall>();

  const ownTarget = (queueId: QueueKey): OverflowTarget =>
    (typeof queueId === "number" && queues.queue(queueId)?.overflow) || { type: "hang-up" };

  function possible(call: ActiveCall, target: OverflowTarget): OverflowTarget {
    const isNew = (id: number) => queues.queue(id) !== undefined && !call.queueWait?.visited.includes(id);
    return target.type === "queue" && !isNew(target.queueId) ? { type: "hang-up" } : target;
  }

  const turnAway = (call: ActiveCall) => void runner.feed(call.id, { type: "no-agent" });

  function sendTo(call: ActiveCall, wished: OverflowTarget, why: Refusal | "chosen" | "moved"): void {
    // What a person wishes leads to no circle.
    const target = why === "moved" ? wished : possible(call, wished);
    const detail = { why, to: target.type };
    const how = target.type === "hang-up" ? "turned-away" : "overflowed";
    routing().left(call, { how, agentUserId: null, detail });
    switch (target.type) {
      case "queue":
        call.queueOf = target.queueId;
        return routing().route(call);
      case "voicemail":
        return deps.voicemail.send(call, { userId: target.userId });
      case "number":
        toNumber.add(call);
        return void deps
          .inviteNumber(call, target.phone, "replace")
          .catch((error: unknown) => log.warn({ err: error, callId: call.id }, "no overflow to the number"));
      case "hang-up":
        return turnAway(call);
    }
  }

  return {
    send(call, queueId, why) {
      if (!deps.back(call, why)) sendTo(call, ownTarget(queueId), why);
    },
    choose(call, queueId, act) {
      if (act.type !== "overflow") sendTo(call, act, "chosen");
      else if (!deps.back(call, "chosen")) sendTo(call, ownTarget(queueId), "chosen");
    },
    move: (call, queueId, target) => sendTo(call, { type: "queue", queueId: target }, "moved"),
    alone(call) {
      if (!toNumber.delete(call) || call.core.state !== "waiting") return false;
      turnAway(call);
      return true;
    },
  };
}
