import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { CallState, Outcome } from "../../shared/calls.ts";
import type { CampaignStatus } from "../../shared/campaigns.ts";
import type { QualityGrade } from "../../shared/quality.ts";
import type { LeadStatus } from "../../shared/lists.ts";

type Colour = "success" | "warning" | "error" | "processing" | "default";

const outcomeColours: Partial<Record<Outcome, Colour>> = {
  connected: "success",
  abandoned: "error",
  "customer-left": "warning",
  "trunk-failed": "error",
  crashed: "error",
  failed: "error",
  "agent-lost": "error",
  refused: "warning",
};

/** How a call ended, or where it is while it lives. */
export function OutcomeTag({ outcome, state }: { outcome: Outcome | null; state?: CallState }) {
  const { t } = useTranslation();
  if (outcome)
    return (
      <Tag variant="filled" color={outcomeColours[outcome] ?? "default"}>
        {t(`outcome.${outcome}`)}
      </Tag>
    );
  if (state && state !== "closed")
    return (
      <Tag variant="filled" color="processing">
        {t(`callState.${state}`)}
      </Tag>
    );
  return "–";
}

const gradeColours: Record<QualityGrade, Colour> = { good: "success", fair: "warning", poor: "error" };

/** How something sounded, in one word. */
export function GradeTag({ grade }: { grade: QualityGrade }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={gradeColours[grade]}>
      {t(`quality.grade.${grade}`)}
    </Tag>
  );
}

const campaignColours: Record<CampaignStatus, Colour> = {
  draft: "default",
  running: "success",
  paused: "warning",
  stopped: "default",
};

export function CampaignStatusTag({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={campaignColours[status]}>
      {t(`campaigns.status.${status}`)}
    </Tag>
  );
}

const leadColours: Record<LeadStatus, Colour> = {
  ready: "processing",
  claimed: "success",
  callback: "warning",
  done: "default",
  excluded: "error",
};

export function LeadStatusTag({ status }: { status: LeadStatus }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={leadColours[status]}>
      {t(`lists.leadStatus.${status}`)}
    </Tag>
  );
}
