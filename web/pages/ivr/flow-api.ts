import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { ivrFlowRow } from "../../../shared/ivr/flow.ts";
import { api } from "../../lib/api.ts";

const flowsKey = ["ivr-flows"] as const;

export const useFlows = (filter: { page?: number; pageSize?: number; search?: string | undefined }) =>
  useQuery({
    queryKey: [...flowsKey, "page", filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/ivr/flows", pageOf(ivrFlowRow), { ...filter }, signal),
  });
