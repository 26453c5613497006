declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** One or more callbacks were made, moved, given to somebody or closed. */
    "callbacks.changed": { userIds: readonly number[] };
  }
}
