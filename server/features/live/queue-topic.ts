import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Queues } from "../queues/index.ts";
import type { Hub } from "./hub.ts";

/** Who waits makes a queue late by time alone. */
const lookMs = 5_000;

/** Topic `queues`: who waits, who serves, and the day so far. Returns the unsubscriber. */
export function addQueueTopic(
  hub: Hub,
  { queues, events, clock }: { queues: Queues; events: EventBus; clock: Clock },
): () => void {
  const touch = (queueId: number) => hub.touch("queues", String(queueId));
  hub.add({
    name: "queues",
    allow: "live.see",
    snapshot: () =>
      Object.fromEntries(
        queues.ids().flatMap((id) => {
          const live = queues.live(id);
          return live ? [[id, live]] : [];
        }),
      ),
    read: (key) => queues.live(Number(key)),
  });
  const timer = clock.every(lookMs, () => {
    for (const id of queues.ids()) if (queues.visits.waiting(id).length > 0) touch(id);
  });
  const stops = [
    events.on("queue.moved", ({ queueId }) => touch(queueId)),
    events.on("agent.changed", ({ agent }) => queues.idsOf(agent.userId).forEach(touch)),
  ];
  return () => {
    timer.cancel();
    for (const stop of stops) stop();
  };
}
