/** Somebody has signed out. */
export interface SessionEnded {
  /** What the database knew the session by. */
  sessionHash: Buffer;
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "session.ended": SessionEnded;
  }
}
