import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A pool or a number of it was changed, rests or works again; read it anew. */
    "caller-ids.changed": { poolId: number };
  }
}
