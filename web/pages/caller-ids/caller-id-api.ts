import { useQuery } from "@tanstack/react-query";
import {
  callerIdPoolDetail,
  type CallerIdPoolDetail,
  callerIdPoolInput,
  type CallerIdPoolInput,
  callerIdPoolRow,
} from "../../../shared/caller-ids.ts";
import { pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";

export const callerIdsKey = ["caller-id-pools"] as const;

export const useCallerIdPools = () =>
  useQuery({
    queryKey: callerIdsKey,
    queryFn: ({ signal }) => api.get("/caller-id-pools", pageOf(callerIdPoolRow), {}, signal),
  });

export const useCallerIdPool = (id: number) =>
  useQuery({
    queryKey: [...callerIdsKey, id],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.get(`/caller-id-pools/${id}`, callerIdPoolDetail, {}, signal),
  });

export const savePool = (id: number | null, input: CallerIdPoolInput) =>
  id === null
    ? api.post("/caller-id-pools", callerIdPoolDetail, input)
    : api.put(`/caller-id-pools/${id}`, callerIdPoolDetail, input);

export const restCallerId = ({ number, days }: { number: string; days: number }) =>
  api.post(`/caller-ids/${encodeURIComponent(number)}/rest`, callerIdPoolDetail, { days });
export const judgeCallerIdAnew = (number: string) =>
  api.post(`/caller-ids/${encodeURIComponent(number)}/judge-anew`, callerIdPoolDetail, {});

/** What a form begins with and a request carries. */
export const inputOf = (pool: CallerIdPoolDetail): CallerIdPoolInput => callerIdPoolInput.parse(pool);
