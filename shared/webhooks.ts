import { z } from "zod";
import type { CallbackState } from "./callbacks.ts";
import type { CallDirection, Outcome } from "./calls.ts";
import { instant, pageQuery } from "./common.ts";
import type { LeadStatus } from "./lists.ts";

/**
 * What another system may hear of. `summary.saved` comes when an agent's summary is final, `ticket.requested` when a
 * disposition asks for a ticket, `callback.done` when a promise is kept or given up, `lead.changed` when a status is another.
 */
export const webhookEvents = [
  "call.ringing",
  "call.answered",
  "call.connected",
  "call.transferred",
  "call.ended",
  "summary.saved",
  "ticket.requested",
  "agent.changed",
  "callback.made",
  "callback.due",
  "callback.done",
  "recording.ready",
  "lead.changed",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
/** What a request may carry: those, and the one that a person sends to try an address. */
export const sentEvents = [...webhookEvents, "test"] as const;

const httpUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((value) => !/^https?:\/\/[^/?#]*@/i.test(value), { message: "credentials" });

/** Body of `POST /api/v1/webhooks` and `PUT /api/v1/webhooks/:id`. */
export const webhookInput = z.object({
  name: z.string().trim().min(1).max(100),
  /** `http` or `https`, without credentials in it; redirects are not followed. */
  url: httpUrl,
  events: z.array(z.enum(webhookEvents)).min(1),
  /** How phone numbers are written. */
  numbers: z.enum(["full", "masked"]).default("full"),
  enabled: z.boolean().default(true),
});
export type WebhookInput = z.input<typeof webhookInput>;

export const webhookRow = webhookInput.extend({
  id: z.number(),
  /** `gone`: the address answered 410 and was turned off. */
  offBecause: z.enum(["gone"]).nullable(),
  failingSince: instant.nullable(),
  nextAt: instant.nullable(),
  waiting: z.number(),
  failed: z.number(),
  /** Delivered in the last 24 hours. */
  delivered: z.number(),
  createdAt: instant,
});
export type WebhookRow = z.infer<typeof webhookRow>;

/** Answered once, when it is made or changed. */
export const webhookSecret = z.object({ id: z.number(), secret: z.string() });

export const deliveryStates = ["waiting", "delivered", "failed"] as const;
export const deliveryFilter = pageQuery.extend({ state: z.enum(deliveryStates).optional() });
export const deliveryParam = z.object({
  id: z.coerce.number().int().positive(),
  deliveryId: z.coerce.number().int().positive(),
});

export const deliveryRow = z.object({
  id: z.number(),
  eventId: z.number(),
  type: z.enum(sentEvents),
  subject: z.string(),
  at: instant,
  state: z.enum(deliveryStates),
  attempts: z.number(),
  nextAt: instant.nullable(),
  triedAt: instant.nullable(),
  status: z.number().nullable(),
  /** `timeout`, `network`, `redirect`, `expired`; null when an answer came. */
  error: z.string().nullable(),
  /** The first kilobyte of the last answer. */
  answer: z.string().nullable(),
  tookMs: z.number().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

/** Body of `POST /api/v1/webhooks/:id/replay`: what happened in a time is sent again. */
export const replayInput = z.object({
  from: instant,
  to: instant,
  /** Only what was given up. */
  failedOnly: z.boolean().default(true),
});
export const replayed = z.object({ events: z.number() });

/** What `data` holds for a call: `call.*` and `summary.saved`. */
export interface WebhookCall {
  id: string;
  direction: CallDirection;
  origin: string;
  state: string;
  outcome: string | null;
  /** E.164, or masked. */
  phone: string;
  callerId: string | null;
  name: string;
  campaign: { id: number; name: string } | null;
  leadId: number | null;
  customerId: number | null;
  agent: { id: number; login: string; name: string } | null;
  ringingAt: string | null;
  answeredAt: string | null;
  connectedAt: string | null;
  endedAt: string | null;
  disposition: { id: number; name: string } | null;
  form: Record<string, unknown> | null;
  note: string;
  /** What `dial` was given. */
  data: Record<string, unknown> | null;
  /** The record's id in the company's own system: its field `external_id`, else `data.externalId`. */
  externalId: string | null;
}

/** What `data` holds beside the call for `ticket.requested`. */
export interface WebhookTicket {
  title: string;
  category: string;
  /** Labels from the root of the tree. */
  disposition: string[];
  /** The form as it was filled in, without empty fields. */
  fields: { key: string; label: string; value: unknown }[];
}

/** What `data` holds for `agent.changed`. */
export interface WebhookAgent {
  id: number;
  login: string;
  name: string;
  state: string;
  pauseReason: string | null;
  callId: string | null;
  cause: string;
}

/** What `data` holds for `callback.*`. */
export interface WebhookCallback {
  id: number;
  leadId: number | null;
  customerId: number | null;
  /** In which it was promised. */
  callId: string | null;
  /** E.164, or masked. */
  phone: string;
  campaign: { id: number; name: string } | null;
  /** Who is to call; null: anybody of the campaign. */
  agent: { id: number; login: string; name: string } | null;
  promisedAt: string;
  /** IANA, the person's; null: unknown. */
  timeZone: string | null;
  note: string;
  /** `done` after `callback.done` when the person was reached, else `cancelled`. */
  state: CallbackState;
  tries: number;
  closeReason: string | null;
}

/** What `data` holds for `recording.ready`. */
export interface WebhookRecording {
  id: string;
  callId: string;
  startedAt: string;
  durationMs: number | null;
  bytes: number | null;
  /** Hex, of the WAV. */
  sha256: string | null;
  /** Where it is fetched, with an API token whose owner may listen. */
  path: string;
}

/** What `data` holds for `lead.changed`. */
export interface WebhookLead {
  id: number;
  listId: number;
  customerId: number | null;
  /** The record's id in the company's own system: its column `external_id`. */
  externalId: string | null;
  /** E.164, or masked. */
  phone: string;
  name: string;
  from: LeadStatus;
  status: LeadStatus;
  reason: string | null;
  attempts: number;
  lastOutcome: Outcome | null;
  disposition: { id: number; name: string } | null;
}

type CallbackEvent = Extract<WebhookEvent, `callback.${string}`>;
type OfCall = Exclude<
  WebhookEvent,
  CallbackEvent | "agent.changed" | "ticket.requested" | "recording.ready" | "lead.changed"
>;
/** The body of each request. Headers and signature are those of Standard Webhooks 1.0. */
export type WebhookBody = { id: string; timestamp: string } & (
  | { type: OfCall; data: { call: WebhookCall } }
  | { type: "ticket.requested"; data: { call: WebhookCall; ticket: WebhookTicket } }
  | { type: "agent.changed"; data: { agent: WebhookAgent } }
  | { type: CallbackEvent; data: { callback: WebhookCallback } }
  | { type: "recording.ready"; data: { recording: WebhookRecording } }
  | { type: "lead.changed"; data: { lead: WebhookLead } }
  | { type: "test"; data: Record<string, never> }
);
