import i18next from "i18next";
import type { LiveCampaign } from "../../../shared/live.ts";

/** Why a campaign dials as it does now, as a sentence; the server names the limit and its figures. */
export function limitSentence(campaign: Pick<LiveCampaign, "status" | "limit" | "limitDetail">): string {
  const key = campaign.status === "running" ? campaign.limit : campaign.status;
  return i18next.t([`floor.limit.${key}`, "floor.limit.other"], { ...campaign.limitDetail, code: key });
}
