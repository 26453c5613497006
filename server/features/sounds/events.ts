import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A sound or a prompt was made, changed or deleted. */
    "sounds.changed": { soundId: number | null; promptId: number | null };
  }
}
