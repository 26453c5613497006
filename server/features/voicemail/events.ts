import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** In boxes that these people look after: messages have come, were heard, moved or went. */
    "voicemail.changed": { userIds: readonly number[] };
  }
}
