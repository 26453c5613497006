import type { Settings } from "../../../shared/settings.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "settings.changed": { settings: Settings };
  }
}
