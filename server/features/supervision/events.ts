import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A message was sent to, or acknowledged by, this person. */
    "message.changed": { messageId: number; fromUserId: number; userIds: readonly number[] };
  }
}
