import type { DeliveryRow } from "../../../shared/webhooks.ts";
import { maskPhone } from "../../../shared/permissions.ts";

export interface EventRow {
  eventId: number;
  type: DeliveryRow["type"];
  at: Date;
  data: Record<string, unknown>;
}

/** Each noun's own number. */
function masked(data: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).map(([key, value]) => {
    const noun = value as { phone?: unknown } | null;
    return [key, typeof noun?.phone === "string" ? { ...noun, phone: maskPhone(noun.phone) } : value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
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
