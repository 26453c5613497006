/** Something on this agent's desk changed; read `desk.state`. */
export interface DeskChanged {
  userId: number;
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "desk.changed": DeskChanged;
  }
}
