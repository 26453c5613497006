/** What the dialler makes of these campaigns may have changed; read `dialer.status`. */
export interface DialerLooked {
  campaignIds: number[];
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "dialer.looked": DialerLooked;
    "preview.changed": { userId: number };
  }
}
