import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { ivrDatabase, ivrHosts, ivrHostsSeen, ivrTried } from "../../../shared/ivr/outside.ts";
import { api } from "../../lib/api.ts";

export const databasesKey = ["ivr-databases"] as const;
export const hostsKey = ["ivr-hosts"] as const;

export const useBoundDatabases = () =>
  useQuery({
    queryKey: [...databasesKey, "bound"],
    queryFn: ({ signal }) => api.get("/ivr/databases", pageOf(ivrDatabase), {}, signal),
  });
export const useHosts = () =>
  useQuery({ queryKey: hostsKey, queryFn: ({ signal }) => api.get("/ivr/hosts", ivrHostsSeen, {}, signal) });

export const putHosts = (hosts: readonly string[]) => api.put("/ivr/hosts", ivrHosts, { hosts });
export const tryDatabase = (which: { id: number } | { url: string }) =>
  api.post("/ivr/databases/test", ivrTried, which);
export const tryHost = (host: string) => api.post("/ivr/hosts/test", ivrTried, { host });
