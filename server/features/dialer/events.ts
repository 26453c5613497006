declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** What the dialler makes of the campaigns changed; read `dialer.status`. */
    "dialer.looked": { campaignIds: number[] };
    "preview.changed": { userId: number };
  }
}

export type {};
