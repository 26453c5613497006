import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { type ConsentRow, consentRow } from "../../../shared/consents.ts";
import { leadStory } from "../../../shared/decisions.ts";
import { registerRow } from "../../../shared/registers.ts";
import { campaignCompliance, rulePack, type RulePack } from "../../../shared/rule-packs.ts";
import { api } from "../../lib/api.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";

export const packsKey = ["rule-packs"] as const;
export const registersKey = ["registers"] as const;
export const consentsKey = ["consents"] as const;
export const complianceKey = (campaignId: number) => ["campaign-compliance", campaignId] as const;

/** All versions of all rule packs. */
export const useRulePacks = () =>
  useQuery({
    queryKey: packsKey,
    queryFn: ({ signal }) => api.get("/rule-packs", pageOf(rulePack), {}, signal),
    staleTime: 60_000,
  });

export const useRegisters = () =>
  useQuery({
    queryKey: registersKey,
    queryFn: ({ signal }) => api.get("/registers", pageOf(registerRow), {}, signal),
    refetchInterval: (query) =>
      query.state.data?.items.some((row) => row.state === "loading") ? 1_500 : false,
  });

export const useCompliance = (campaignId: number) =>
  useQuery({
    queryKey: complianceKey(campaignId),
    queryFn: ({ signal }) => api.get(`/campaigns/${campaignId}/compliance`, campaignCompliance, {}, signal),
  });

export type Person = { leadId: number } | { customerId: number };
export const useConsents = (person: Person) =>
  useQuery({
    queryKey: [...consentsKey, person],
    queryFn: ({ signal }) => api.get("/consents", pageOf(consentRow), person, signal),
  });

export const useStory = (leadId: number) =>
  useQuery({
    queryKey: ["story", leadId],
    queryFn: ({ signal }) => api.get(`/leads/${leadId}/story`, leadStory, {}, signal),
  });

/** The newest version of each pack, in their order. */
export function newestPacks(packs: readonly RulePack[]): RulePack[] {
  const newest = new Map<string, RulePack>();
  for (const pack of packs)
    if ((newest.get(pack.id)?.validFrom ?? "") <= pack.validFrom) newest.set(pack.id, pack);
  return [...newest.values()];
}

export const packName = (pack: RulePack) => pack.name[currentLanguage()];

export type ConsentState = "in-force" | "withdrawn" | "expired";
export function consentState(row: ConsentRow, now: number): ConsentState {
  if (row.withdrawnAt !== null) return "withdrawn";
  return row.expiresAt !== null && Date.parse(row.expiresAt) <= now ? "expired" : "in-force";
}
