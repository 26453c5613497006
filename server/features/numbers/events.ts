declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Numbers lead elsewhere. */
    "numbers.changed": Record<string, never>;
  }
}
