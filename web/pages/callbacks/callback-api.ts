import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type CallbackFilter, callbackRow } from "../../../shared/callbacks.ts";
import { pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";

export const callbacksKey = ["callbacks"] as const;

/** Asked again every quarter of a minute: what is overdue changes by itself. */
export const useCallbacks = (filter: Partial<CallbackFilter>) =>
  useQuery({
    queryKey: [...callbacksKey, filter],
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.get("/callbacks", pageOf(callbackRow), filter, signal),
  });
