declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A caller came to a block of this flow, or left one. */
    "ivr.moved": { flowId: number };
    /** A draft that this person tries out went on. */
    "ivr.test-moved": { testId: string; userId: number };
  }
}
