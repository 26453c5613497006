/**
 * The features in their one fixed order. A feature may import only those to its left, through their
 * `index.ts`; the linter reads this array (`oxlint.config.ts`) and fails the build over anything else.
 */
export const features = [
  "audit",
  "users",
  "settings",
  "auth",
  "sounds",
  "trunks",
  "caller-ids",
  "customers",
  "lists",
  "broadcasts",
  "scripts",
  "campaigns",
  "compliance",
  "recordings",
  "announcements",
  "answering",
  "agents",
  "callbacks",
  "forwarding",
  "calls",
  "call-records",
  "dialer",
  "desk",
  "webhooks",
  "live",
  "reports",
  "health",
  "demo",
] as const;
