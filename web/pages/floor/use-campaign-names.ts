import type { LiveCampaign } from "../../../shared/live.ts";
import { sameList } from "../../lib/live-selection.ts";
import { useLiveSelect } from "../../lib/use-live.ts";

type Names = Readonly<Record<string, string>>;

const namesOf = (campaigns: Readonly<Record<string, LiveCampaign>>): Names =>
  Object.fromEntries(Object.values(campaigns).map(({ campaignId, name }) => [campaignId, name]));
const sameNames = (one: Names, other: Names): boolean =>
  sameList(Object.entries(one).flat(), Object.entries(other).flat());

/** The names of campaigns by id; their figures change all the time, these hardly ever. */
export const useCampaignNames = (): Names => useLiveSelect("campaigns", namesOf, sameNames);
