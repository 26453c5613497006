import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { dispositionPath } from "../../../shared/service-summary.ts";
import type { Db } from "../../kernel/db.ts";
import { findDisposition } from "../campaigns/index.ts";

type Form = Pick<CampaignDetail, "form" | "dispositions" | "summaryRequired">;

/**
 * The form an old draft was written on: its own fields, and the result it chose even where the campaign has given that
 * up since. So a form that is changed while agents write makes no draft wrong.
 */
export async function writtenOn<F extends Form & { id: number }>(
  db: Db,
  campaign: F,
  { draft }: { draft: DeskDraft | null },
): Promise<F> {
  if (!draft) return campaign;
  const form = draft.fields ?? campaign.form;
  const { dispositionId } = draft;
  if (dispositionId === null || dispositionPath(campaign.dispositions, dispositionId).length > 0)
    return { ...campaign, form };
  const gone = await findDisposition(db, dispositionId);
  const own = gone && gone.isLeaf && gone.campaignId === campaign.id;
  if (!own) return { ...campaign, form };
  const { id, label, effect, success, does } = gone;
  return {
    ...campaign,
    form,
    dispositions: [...campaign.dispositions, { id, label, effect, success, does, children: [] }],
  };
}
