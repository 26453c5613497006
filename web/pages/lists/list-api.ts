import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { leadWhy } from "../../../shared/campaigns.ts";
import { pageOf } from "../../../shared/common.ts";
import { importRow } from "../../../shared/imports.ts";
import { leadDetail, type LeadFilter, leadRow, listRow } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";

export const listsKey = ["lists"] as const;
export const leadsKey = ["leads"] as const;
export const importsKey = ["imports"] as const;

interface ListsFilter {
  page?: number;
  pageSize?: number;
  search?: string | undefined;
  archived?: boolean;
}

export const useLists = (filter: ListsFilter, enabled = true) =>
  useQuery({
    queryKey: [...listsKey, "page", filter],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/lists", pageOf(listRow), { ...filter }, signal),
  });

export const useList = (id: number) =>
  useQuery({
    queryKey: [...listsKey, id],
    queryFn: ({ signal }) => api.get(`/lists/${id}`, listRow, {}, signal),
  });

export const useLeads = (filter: Partial<LeadFilter>) =>
  useQuery({
    queryKey: [...leadsKey, "page", filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/leads", pageOf(leadRow), filter, signal),
  });

export const useLead = (id: number) =>
  useQuery({
    queryKey: [...leadsKey, id],
    queryFn: ({ signal }) => api.get(`/leads/${id}`, leadDetail, {}, signal),
  });

export const useLeadWhy = (id: number) =>
  useQuery({
    queryKey: [...leadsKey, id, "why"],
    queryFn: ({ signal }) => api.get(`/leads/${id}/why`, leadWhy, {}, signal),
  });

export const useImports = (listId: number) =>
  useQuery({
    queryKey: [...importsKey, "list", listId],
    queryFn: ({ signal }) => api.get("/imports", pageOf(importRow), { listId, pageSize: 100 }, signal),
  });

export const useImport = (id: number) =>
  useQuery({
    queryKey: [...importsKey, id],
    queryFn: ({ signal }) => api.get(`/imports/${id}`, importRow, {}, signal),
    // The live topic is quicker; this finds the end when the page was away meanwhile.
    refetchInterval: (query) => (query.state.data?.state === "running" ? 3_000 : false),
  });
