import { withheldPhone } from "./common.ts";

/** What a person may do. Each route names one; the web hides what the person may not do. */
export const permissions = [
  "users.see",
  "users.manage",
  "audit.see",
  "settings.manage",
  "health.see",
  "trunks.see",
  "trunks.manage",
  "customers.see",
  "customers.manage",
  "leads.see",
  "leads.import",
  "leads.export",
  "campaigns.see",
  "campaigns.manage",
  /** Start, pause and stop a campaign. */
  "campaigns.run",
  "queues.see",
  "queues.manage",
  "compliance.see",
  "compliance.manage",
  "desk.use",
  /** Click-to-dial and manual dialling. */
  "calls.dial",
  "calls.see",
  /** The SIP messages of a call. */
  "calls.ladder",
  /** Listen in on a live call, whisper, barge. */
  "calls.listen",
  "recordings.listen",
  /** Force another agent's state, move agents between campaigns. */
  "agents.supervise",
  "live.see",
  "reports.see",
  "reports.export",
  /** Whole phone numbers instead of masked ones. */
  "phones.see",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["administrator", "manager", "supervisor", "agent"] as const;
export type Role = (typeof roles)[number];

const agent: Permission[] = [
  "desk.use",
  "calls.dial",
  "calls.see",
  "customers.see",
  "customers.manage",
  "phones.see",
];
const supervisor: Permission[] = [
  ...agent,
  "users.see",
  "leads.see",
  "campaigns.see",
  "campaigns.run",
  "queues.see",
  "calls.listen",
  "recordings.listen",
  "agents.supervise",
  "live.see",
  "reports.see",
];
const manager: Permission[] = [
  ...supervisor,
  "leads.import",
  "leads.export",
  "campaigns.manage",
  "queues.manage",
  "compliance.see",
  "compliance.manage",
  "trunks.see",
  "calls.ladder",
  "health.see",
  "reports.export",
];

export const rolePermissions: Record<Role, readonly Permission[]> = {
  administrator: permissions,
  manager,
  supervisor,
  agent,
};

/** Whose records a person sees: their own, their unit's, their unit's and all below it, everyone's. */
export const scopes = ["own", "group", "subtree", "all"] as const;
export type Scope = (typeof scopes)[number];

export const roleScope: Record<Role, Scope> = {
  administrator: "all",
  manager: "all",
  supervisor: "subtree",
  agent: "own",
};

/** `+8613800138000` → `+86138****8000`: the last four and what comes before the middle stay. */
export function maskPhone(phone: string): string {
  if (phone === withheldPhone) return phone;
  if (phone.length < 8) return phone.replaceAll(/\d/g, "*");
  return `${phone.slice(0, -8)}****${phone.slice(-4)}`;
}
