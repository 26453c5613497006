/** Created, changed, deactivated or given a new password. */
export interface UserChanged {
  userId: number;
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "user.changed": UserChanged;
  }
}
