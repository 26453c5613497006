/** What the dialler makes of these campaigns may have changed; read `dialer.status`. */
export interface DialerLooked {
  campaignIds: number[];
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "dialer.looked": DialerLooked;
    /** One claim in the database; for metrics: its transaction may still fail. */
    "dialer.claimed": { leads: number; ms: number };
    "preview.changed": { userId: number };
  }
}
