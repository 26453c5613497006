import { useQuery } from "@tanstack/react-query";
import { idParam, pageOf } from "../../../shared/common.ts";
import {
  type DeliveryRow,
  deliveryRow,
  replayed,
  type WebhookInput,
  webhookRow,
  webhookSecret,
} from "../../../shared/webhooks.ts";
import { api, type Query } from "../../lib/api.ts";

export const webhooksKey = ["webhooks"] as const;
const everyMs = 5_000;

export const useWebhooks = () =>
  useQuery({
    queryKey: webhooksKey,
    queryFn: ({ signal }) => api.get("/webhooks", pageOf(webhookRow), {}, signal),
  });

export const useWebhook = (id: number) =>
  useQuery({
    queryKey: [...webhooksKey, id],
    refetchInterval: everyMs,
    queryFn: ({ signal }) => api.get(`/webhooks/${id}`, webhookRow, {}, signal),
  });

export const useDeliveries = (id: number, filter: Query) =>
  useQuery({
    queryKey: [...webhooksKey, id, "deliveries", filter],
    refetchInterval: everyMs,
    queryFn: ({ signal }) => api.get(`/webhooks/${id}/deliveries`, pageOf(deliveryRow), filter, signal),
  });

export const addWebhook = (input: WebhookInput) => api.post("/webhooks", webhookSecret, input);
export const changeWebhook = (id: number, input: WebhookInput) =>
  api.put(`/webhooks/${id}`, webhookRow, input);
export const removeWebhook = (id: number) => api.delete(`/webhooks/${id}`);
export const renewSecret = (id: number) => api.post(`/webhooks/${id}/secret`, webhookSecret, {});
export const tryWebhook = (id: number) => api.post(`/webhooks/${id}/test`, idParam, {});
export const sendAgain = (id: number, delivery: DeliveryRow) =>
  api.post(`/webhooks/${id}/deliveries/${delivery.id}/replay`, null, {});
export const replayTime = (id: number, input: { from: string; to: string; failedOnly: boolean }) =>
  api.post(`/webhooks/${id}/replay`, replayed, input);
