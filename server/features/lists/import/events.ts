import type { ImportRow } from "../../../../shared/imports.ts";

declare module "../../../kernel/events.ts" {
  interface AppEvents {
    /** An import moved on; for the live topic `imports`. At most four a second and import. */
    "import.changed": { item: ImportRow };
    /** Leads of a list were added or removed in numbers. */
    "list.changed": { listId: number };
  }
}
