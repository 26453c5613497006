/** Puts an agent's desk together: who they are, what they do, and the record they look at. */
import type { DeskCall, DeskLead, DeskState } from "../../../shared/desk.ts";
import type { SupervisionAct } from "../../../shared/floor.ts";
import type { Db } from "../../kernel/db.ts";
import type { Agent, AgentRegistry, Phones } from "../agents/index.ts";
import { agentParty, type CallView, type Calls, findParty, isHeld, mayLeaveMessage } from "../calls/index.ts";
import type { Preview, Previews } from "../dialer/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { Mailboxes } from "../voicemail/index.ts";
import { arrivingAt, presentArriving, storyOf } from "./caller.ts";
import { colleagueCard, deskLeadOf, maskLead, type WhoIsIt } from "./desk-lead.ts";
import { type PartyNames, presentParties } from "./desk-parties.ts";
import { presentSideCalls } from "./desk-side-calls.ts";
import { campaignsOfAgent } from "./queries.ts";
import { recordUrlOf } from "./record-url.ts";

/** The part of a principal that the desk needs. */
export interface DeskUser {
  userId: number;
  name: string;
  unitId: number | null;
  seesPhones: boolean;
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function presentCall(
  call: CallView,
  lead: DeskLead,
  user: DeskUser,
  deps: PartyNames & { shown: readonly SupervisionAct[] },
): DeskCall {
  const { plan, core } = call;
  const { campaign } = plan;
  return {
    callId: call.id,
    direction: plan.direction,
    origin: plan.origin,
    state: core.state,
    campaignId: campaign?.id ?? null,
    campaignName: campaign?.name ?? null,
    startedAt: new Date(call.plannedAt).toISOString(),
    answeredAt: iso(call.answeredAt),
    connectedAt: iso(call.connectedAt),
    endedAt: iso(call.endedAt),
    cause: call.cause,
    onHold: isHeld(call.conversation) || call.agentAwayUntil !== null,
    parkedUntil: call.endedAt === null ? iso(call.agentAwayUntil) : null,
    endsAt: call.endedAt === null ? iso(call.endsAt) : null,
    muted: findParty(call.conversation, agentParty(user.userId))?.muted ?? false,
    recording: call.recording !== null && call.answeredAt !== null && call.endedAt === null,
    suspect: call.endedAt === null ? (call.sorting?.suspect ?? null) : null,
    queue: call.cameFrom && {
      name: call.cameFrom.name,
      waitedMs: call.cameFrom.waitedMs,
      askedAt: iso(plan.keptPlace?.askedAt ?? null),
    },
    story: storyOf(call),
    maySendToSurvey: deps.calls.isSurveyOffered(call.id),
    mayLeaveMessage: mayLeaveMessage(call),
    ...presentParties(call, user, deps),
    recordingPausedUntil: call.endedAt === null ? iso(call.recordingPausedUntil) : null,
    lead,
    recordUrl: recordUrlOf(call.plan.campaign, lead, user, call.plan),
    data: call.plan.data ?? null,
    form: campaign?.form ?? [],
    dispositions: campaign?.dispositions ?? [],
    summaryRequired: campaign?.summaryRequired ?? false,
    script: campaign?.script ?? null,
    draft: call.draft,
    wrapUpUntil: iso(call.wrapUpUntil),
  };
}

const whoOfCall = (call: CallView): WhoIsIt => ({ ...call.plan, customerId: call.customerId });
const whoOfPreview = ({ lead }: Preview): WhoIsIt => ({ ...lead, leadId: lead.id });

export interface DeskStates {
  of(user: DeskUser): Promise<DeskState>;
  /** The record of a call or preview is read anew next time. */
  forget(callId: string): void;
}

const mostCards = 500;

export function createDeskStates(deps: {
  db: Db;
  agents: AgentRegistry;
  phones: Phones;
  calls: Calls;
  previews: Previews;
  diversions: Diversions;
  mailboxes: Mailboxes;
  /** Which acts of supervisors agents are shown. */
  shownActs: () => Promise<readonly SupervisionAct[]>;
  now: () => number;
}): DeskStates {
  const { db, agents, phones, calls, previews, diversions, mailboxes } = deps;
  /** Records by call id: a desk is looked at many times in a call, its record does not change. */
  const cards = new Map<string, Promise<DeskLead>>();

  function cardOf(who: WhoIsIt): Promise<DeskLead> {
    const key = `${who.callId} ${who.customerId ?? ""} ${who.leadId ?? ""}`;
    const known = cards.get(key);
    if (known) return known;
    const card = deskLeadOf(db, who);
    cards.set(key, card);
    card.catch(() => cards.delete(key));
    if (cards.size > mostCards) cards.delete(cards.keys().next().value!);
    return card;
  }

  function leadOf(call: CallView, user: DeskUser): DeskLead | Promise<DeskLead> {
    const { colleagueId, phone } = call.plan;
    if (colleagueId === undefined) return cardOf(whoOfCall(call));
    const otherId = colleagueId === user.userId ? call.core.agentUserId : colleagueId;
    const name = otherId === null ? "" : (agents.get(otherId)?.name ?? "");
    return colleagueCard(name, otherId === colleagueId ? phone : "");
  }

  const signedOut = (user: DeskUser): Agent => ({
    state: "signed-out",
    next: null,
    pauseReasonId: null,
    legUp: false,
    callId: null,
    resume: "paused",
    userId: user.userId,
    name: user.name,
    unitId: user.unitId,
    sipUser: "",
    endpoint: "browser",
    deskId: "",
    campaignIds: [],
    since: deps.now(),
    signedInAt: deps.now(),
    cause: "sign-out",
    notice: null,
  });

  return {
    async of(user) {
      const agent = { ...(agents.get(user.userId) ?? signedOut(user)) };
      const call = agent.callId ? calls.get(agent.callId) : undefined;
      const preview = agent.state === "preview" ? previews.of(user.userId) : undefined;
      const arriving = arrivingAt(agent, calls);
      const masks = !user.seesPhones && call?.plan.direction !== "internal";
      const show = (lead: DeskLead) => (masks ? maskLead(lead) : lead);
      const [assigned, phone, callLead, previewLead, arrivingLead, forwarding, messages, shown] =
        await Promise.all([
          campaignsOfAgent(db, user.userId),
          phones.phoneOf(user.userId),
          call && leadOf(call, user),
          preview && cardOf(whoOfPreview(preview)),
          arriving && leadOf(arriving, user),
          diversions.of(user.userId),
          mailboxes.waiting(user.userId),
          deps.shownActs(),
        ]);
      return {
        userId: user.userId,
        name: user.name,
        state: agent.state,
        since: new Date(agent.since).toISOString(),
        pauseReasonId: agent.pauseReasonId,
        next: agent.next,
        endpoint: agent.endpoint,
        deskId: agent.deskId,
        legUp: agent.legUp,
        campaigns: assigned.filter((campaign) => agent.campaignIds.includes(campaign.id)),
        assigned,
        hasPhone: phone !== null,
        call: call && callLead ? presentCall(call, show(callLead), user, { agents, calls, shown }) : null,
        preview:
          preview && previewLead
            ? {
                campaignId: preview.campaign.id,
                campaignName: preview.campaign.name,
                lead: show(previewLead),
                recordUrl: recordUrlOf(preview.campaign, previewLead, user),
                dialAt: iso(preview.dialAt),
              }
            : null,
        arriving: arriving && arrivingLead ? presentArriving(arriving, show(arrivingLead)) : null,
        ...presentSideCalls(agent, user, deps),
        doNotDisturb: forwarding.doNotDisturb,
        forwarded: forwarding.always !== null,
        unheardMessages: messages.unheard,
        awaited: calls.awaited(user.userId).map(({ userId, rings }) => {
          return { userId, name: agents.get(userId)?.name ?? "", rings };
        }),
        notice: agent.notice,
      };
    },
    forget(callId) {
      for (const key of cards.keys()) if (key.startsWith(callId)) cards.delete(key);
    },
  };
}
