declare module "../../kernel/events.ts" {
  interface AppEvents {
    "calendars.changed": Record<string, never>;
  }
}
