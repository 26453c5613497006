import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  campaignDetail,
  type CampaignStatus,
  campaignFunnel,
  campaignRow,
  campaignTemplate,
} from "../../../shared/campaigns.ts";
import { type Language, pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";

interface CampaignsFilter {
  page?: number;
  pageSize?: number;
  search?: string | undefined;
  status?: CampaignStatus | undefined;
}

export const campaignsKey = ["campaigns"] as const;

export const useCampaigns = (filter: CampaignsFilter, enabled = true) =>
  useQuery({
    queryKey: [...campaignsKey, "page", filter],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/campaigns", pageOf(campaignRow), { ...filter }, signal),
  });

export const useCampaign = (id: number | null) =>
  useQuery({
    queryKey: [...campaignsKey, id],
    enabled: id !== null,
    queryFn: ({ signal }) => api.get(`/campaigns/${id}`, campaignDetail, {}, signal),
  });

export const useFunnel = (id: number) =>
  useQuery({
    queryKey: [...campaignsKey, id, "funnel"],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get(`/campaigns/${id}/funnel`, campaignFunnel, {}, signal),
  });

export const useTemplate = (language: Language, enabled: boolean) =>
  useQuery({
    queryKey: [...campaignsKey, "template", language],
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get("/campaigns/template", campaignTemplate, { language }, signal),
  });
