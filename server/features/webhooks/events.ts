declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Its settings or what waits for it changed: for screens. */
    "webhooks.changed": { webhookId: number };
  }
}
