declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Of this person: where their calls go, or the messages that wait for them. */
    "forwarding.changed": { userId: number };
  }
}
