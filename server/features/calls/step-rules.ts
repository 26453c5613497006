import type { Outcome } from "../../../shared/calls.ts";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { Tx } from "../../kernel/db.ts";
import { answerCounts } from "../campaigns/index.ts";
import { answerCurve, type Attempt, type PastAttempt, type StepRules } from "../lists/index.ts";
import { attemptsOfLead, shownCallerId } from "./queries.ts";

export interface StepFacts {
  rules: StepRules | null;
  history: PastAttempt[];
  callerId: string | null;
}

/** What the lead's next step looks at besides the lead; only what the outcome's rule asks for is read. */
export async function stepFacts(
  tx: Tx,
  ended: {
    callId: string;
    leadId: number;
    outcome: Outcome;
    campaign: CampaignDetail | null;
    own?: Attempt["own"];
  },
): Promise<StepFacts> {
  const { campaign } = ended;
  const rule = ended.own?.rule ?? campaign?.retries[ended.outcome];
  const isBest = rule?.when === "best-time";
  return {
    rules: campaign && {
      retries: campaign.retries,
      limits: campaign.attempts,
      hours: campaign.hours,
      phoneOrder: campaign.afterCall.phoneOrder,
      curve: answerCurve(isBest ? await answerCounts(tx, campaign.id) : []),
    },
    history:
      isBest || rule?.when === "other-daypart" ? await attemptsOfLead(tx, ended.leadId, ended.callId) : [],
    callerId: rule?.otherCallerId ? await shownCallerId(tx, ended.callId) : null,
  };
}
