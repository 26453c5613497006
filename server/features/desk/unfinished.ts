import type { DeskCall } from "../../../shared/desk.ts";
import type { Db } from "../../kernel/db.ts";
import { writtenOn } from "../calls/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { scriptOfWalk } from "../scripts/index.ts";
import { readSettings } from "../settings/index.ts";
import { deskLeadOf, maskLead } from "./desk-lead.ts";
import type { DeskUser } from "./desk-state.ts";
import { type UnfinishedRow, unfinishedSummaries } from "./queries.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** Closed calls whose summary this agent still owes, newest first, as the desk shows a call. */
export async function unfinishedCalls(db: Db, user: DeskUser): Promise<DeskCall[]> {
  const { timeZone } = await readSettings(db);
  const rows = await unfinishedSummaries(db, user.userId);
  return Promise.all(rows.map((row) => present(db, row, { user, timeZone })));
}

async function present(
  db: Db,
  row: UnfinishedRow,
  { user, timeZone }: { user: DeskUser; timeZone: string },
): Promise<DeskCall> {
  const found = row.campaignId === null ? undefined : await findCampaign(db, row.campaignId);
  const campaign = found && (await writtenOn(db, found, row));
  const lead = await deskLeadOf(db, { ...row, timeZone });
  return {
    callId: row.callId,
    direction: row.direction,
    origin: row.origin,
    state: "closed",
    campaignId: row.campaignId,
    campaignName: campaign?.name ?? null,
    startedAt: row.plannedAt.toISOString(),
    answeredAt: iso(row.answeredAt),
    connectedAt: iso(row.connectedAt),
    endedAt: iso(row.endedAt),
    cause: row.cause,
    onHold: false,
    parkedUntil: null,
    endsAt: null,
    muted: false,
    recordingPausedUntil: null,
    role: "owner",
    parties: [],
    consultId: null,
    recording: false,
    lead: user.seesPhones ? lead : maskLead(lead),
    recordUrl: null,
    data: null,
    form: campaign?.form ?? [],
    dispositions: campaign?.dispositions ?? [],
    summaryRequired: campaign?.summaryRequired ?? false,
    script: (await scriptOfWalk(db, row.callId)) ?? null,
    draft: row.draft,
    suspect: null,
    queue: null,
    story: null,
    maySendToSurvey: false,
    mayLeaveMessage: false,
    wrapUpUntil: null,
  };
}
