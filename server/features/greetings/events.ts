import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "greetings.changed": Record<string, never>;
  }
}
