declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A board was saved or deleted: screens that show it start over. */
    "wallboard.changed": { boardId: number };
    /** A screen was changed, has a new link or none. */
    "wall-screen.changed": { screenId: number };
  }
}
