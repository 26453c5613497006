import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { scriptDetail, type ScriptKind, scriptRow, scriptVersion } from "../../../shared/scripts.ts";
import { api } from "../../lib/api.ts";

export const scriptsKey = ["scripts"] as const;

interface ScriptsFilter {
  page?: number;
  pageSize?: number;
  search?: string | undefined;
  kind?: ScriptKind | undefined;
}

export const useScripts = (filter: ScriptsFilter, enabled = true) =>
  useQuery({
    queryKey: [...scriptsKey, "page", filter],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/scripts", pageOf(scriptRow), { ...filter }, signal),
  });

export const useScript = (id: number) =>
  useQuery({
    queryKey: [...scriptsKey, id],
    // Somebody writes here: what they see is not swapped under their hands.
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => api.get(`/scripts/${id}`, scriptDetail, {}, signal),
  });

export const useScriptVersion = (id: number | null) =>
  useQuery({
    queryKey: ["script-version", id],
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get(`/script-versions/${id}`, scriptVersion, {}, signal),
  });
