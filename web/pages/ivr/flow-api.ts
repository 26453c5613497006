import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { pageOf } from "../../../shared/common.ts";
import { ivrFlowDetail, ivrFlowRow, ivrStatistics, ivrVersion } from "../../../shared/ivr/flow.ts";
import { ivrDatabase } from "../../../shared/ivr/outside.ts";
import { api } from "../../lib/api.ts";
import { useLiveItem } from "../../lib/use-live.ts";

export const flowsKey = ["ivr-flows"] as const;

export const useFlows = (filter: { page?: number; pageSize?: number; search?: string | undefined }) =>
  useQuery({
    queryKey: [...flowsKey, "page", filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/ivr/flows", pageOf(ivrFlowRow), { ...filter }, signal),
  });

export const useFlow = (id: number) =>
  useQuery({
    queryKey: [...flowsKey, id],
    // Somebody draws here: what they see is not swapped under their hands.
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => api.get(`/ivr/flows/${id}`, ivrFlowDetail, {}, signal),
  });

export const useFlowVersion = (id: number | null) =>
  useQuery({
    queryKey: ["ivr-version", id],
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get(`/ivr/versions/${id}`, ivrVersion, {}, signal),
  });

/** `days` null: nobody asked for figures. */
const useFlowFigures = (id: number, days: number | null) =>
  useQuery({
    queryKey: [...flowsKey, id, "figures", days],
    enabled: days !== null,
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get(`/ivr/flows/${id}/statistics`, ivrStatistics, { days }, signal),
  });

export const useDatabases = () =>
  useQuery({
    queryKey: ["ivr-databases"],
    queryFn: ({ signal }) => api.get("/ivr/databases", pageOf(ivrDatabase), {}, signal),
  });

const none = {};

/** Visits of blocks in these days, and callers who are there now. */
export function useFigures(flowId: number, days: number | null) {
  const figures = useFlowFigures(flowId, days).data;
  const live = useLiveItem("ivr", flowId)?.blocks;
  return {
    calls: days === null ? null : (figures?.calls ?? null),
    figures: useMemo(
      () => (days !== null && figures ? new Map(figures.blocks.map((one) => [one.blockId, one])) : null),
      [days, figures],
    ),
    live: live ?? none,
  };
}
