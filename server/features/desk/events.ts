declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Something on this agent's desk changed; read `desk.state`. */
    "desk.changed": { userId: number };
  }
}

export type {};
