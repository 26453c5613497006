import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { callDetail, type CallFilter, callRow, ladderMessage } from "../../../shared/calls.ts";
import { pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";

export const callsKey = ["calls"] as const;

export const useCalls = (filter: Partial<CallFilter>) =>
  useQuery({
    queryKey: [...callsKey, "page", filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/calls", pageOf(callRow), filter, signal),
  });

export const useCall = (id: string) =>
  useQuery({
    queryKey: [...callsKey, id],
    queryFn: ({ signal }) => api.get(`/calls/${id}`, callDetail, {}, signal),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "closed" ? 2_000 : false),
  });

export const useLadder = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: [...callsKey, id, "ladder"],
    enabled,
    queryFn: ({ signal }) =>
      api.get(`/calls/${id}/ladder`, z.object({ items: z.array(ladderMessage) }), {}, signal),
  });
