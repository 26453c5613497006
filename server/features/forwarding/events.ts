declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Where calls for this person go. */
    "forwarding.changed": { userId: number };
  }
}
