import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** The trained announcements are others than before. */
    "announcements.changed": { announcementId: number };
  }
}
