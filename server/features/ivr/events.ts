declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A caller came to a block of this flow, or left one. */
    "ivr.moved": { flowId: number };
  }
}
