import type { DeliveryRow } from "../../../shared/webhooks.ts";
import { maskPhone } from "../../../shared/permissions.ts";

export interface EventRow {
  eventId: number;
  type: DeliveryRow["type"];
  at: Date;
  data: Record<string, unknown>;
}

function masked(data: Record<string, unknown>): Record<string, unknown> {
  const call = data["call"] as { phone: string } | undefined;
  return call ? { ...data, call: { ...call, phone: maskPhone(call.phone) } } : data;
}

/** The id by which a receiver knows an event that comes twice. */
export const messageId = (eventId: number): string => `evt_${eventId}`;

/** `WebhookBody` of shared/webhooks.ts as JSON. */
export function bodyOf({ eventId, type, at, data }: EventRow, numbers: "full" | "masked"): string {
  return JSON.stringify({
    id: messageId(eventId),
    type,
    timestamp: at.toISOString(),
    data: numbers === "masked" ? masked(data) : data,
  });
}
