import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A trunk was made, changed, ordered, switched or deleted; read the whole set again. */
    "trunk.changed": { trunkId: number | null };
  }
}
