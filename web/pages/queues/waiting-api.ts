import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { keptPlace } from "../../../shared/kept-places.ts";
import { waitingCaller, type WaitingMove } from "../../../shared/waiting-callers.ts";
import { api, type Query } from "../../lib/api.ts";

export const waitingKey = ["waiting-callers"] as const;
export const keptKey = ["kept-places"] as const;

/** Callers' order changes with every look. */
const lookMs = 2_000;

export const useWaitingCallers = (queueId: number) =>
  useQuery({
    queryKey: [...waitingKey, queueId],
    queryFn: ({ signal }) => api.get(`/queues/${queueId}/waiting`, pageOf(waitingCaller), {}, signal),
    refetchInterval: lookMs,
  });

export const useKeptPlaces = (query: Query) =>
  useQuery({
    queryKey: [...keptKey, query],
    queryFn: ({ signal }) => api.get("/kept-places", pageOf(keptPlace), query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: lookMs * 5,
  });

export const moveCaller = (queueId: number, callerId: string, move: WaitingMove) =>
  api.post(`/queues/${queueId}/waiting/${callerId}`, null, move);
