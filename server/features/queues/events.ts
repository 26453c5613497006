import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A queue, its people or a skill was changed; read the whole set again. */
    "queues.changed": { queueId: number | null };
    /** Somebody came to a queue, left it, or is offered to others. */
    "queue.moved": { queueId: number };
  }
}
