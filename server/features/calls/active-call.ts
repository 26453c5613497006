import type { PhoneKind } from "../../../shared/after-call.ts";
import type { CallDirection, CallOrigin, Outcome } from "../../../shared/calls.ts";
import type { CampaignDetail, CampaignStatus } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import type { Timer } from "../../kernel/clock.ts";
import type { QueueKey } from "../queues/index.ts";
import type { BoxRef } from "../voicemail/index.ts";
import type { CallCore, NoPerson } from "./call-core.ts";
import type { RunningSurvey } from "./ask-survey.ts";
import type { Comfort } from "./comfort.ts";
import type { Guidance } from "./guide.ts";
import type { RunningMessage } from "./messages.ts";
import { alone, type Conversation } from "./parties.ts";
import { type AppliedSound, nothingApplied } from "./parties-apply.ts";
import type { VoicemailCall } from "./voicemail.ts";

/** What is known of a call when it is planned. */
export interface CallPlan {
  callId: string;
  direction: CallDirection;
  origin: CallOrigin;
  /** E.164. */
  phone: string;
  name: string;
  timeZone: string;
  /** Its settings at this moment; null for a call outside of any campaign. */
  campaign: CampaignDetail | null;
  listId: number | null;
  leadId: number | null;
  customerId: number | null;
  /** Attempts of the lead before this one. */
  leadAttempts: number;
  /** The agent this call is for; null: whoever is free when it is answered. */
  agentUserId: number | null;
  callbackId?: number;
  /** Who asks for it, where that is not its agent. */
  askedBy?: number;
  /** What another system gave to the dial, told back in events. */
  data?: Record<string, unknown>;
  /** Of our numbers, what this person is not to see again. */
  avoidCallerIds?: readonly string[];
  /** The queue to which the dialled number leads. */
  queueId?: number;
  /** The customer's VIP level; absent: nobody in particular. */
  priority?: number;
  /** An internal call's: who is called. There is no customer, and no leg but those of agents. */
  colleagueId?: number;
  /** Whose direct number was called: it is for them, by their rules. */
  personalUserId?: number;
  /** Leaves a message there; nobody is asked. */
  voicemail?: BoxRef;
  /** It calls back who kept a place in `queueId`: since when they wait, and when they asked; ms since the epoch. */
  keptPlace?: { id: number; queue: string; since: number; askedAt: number };
  /** They ask for a voicemail box, whose messages they want to hear. */
  asksVoicemail?: true;
  /** This box tells them of its messages by the call. */
  tellsOfBox?: number;
  /** The call that it is placed for: its number is brought to that conversation. */
  forCallId?: string;
  /** The hours of calls outside of any campaign do not hold for it. */
  atAnyHour?: true;
  /** How the lead's last attempt ended. */
  leadLastOutcome?: Outcome | null;
  /** What kind of number `phone` is, if the list says; else the number tells. */
  phoneKind?: PhoneKind;
}

/** A call that is not closed, in memory. Times are ms since the epoch. */
export interface ActiveCall {
  readonly id: string;
  readonly plan: CallPlan;
  core: CallCore;
  /** Another leg may take its place while the call goes on. */
  legId: string;
  /** The customer's leg lives. */
  legUp: boolean;
  since: number;
  plannedAt: number;
  answeredAt: number | null;
  connectedAt: number | null;
  endedAt: number | null;
  cause: string | null;
  trunkId: number | null;
  customerId: number | null;
  /** `legId`: the line it is made on, where it was begun in the talk. */
  recording: { recordingId: string; path: string; legId?: string } | null;
  /** Who takes part: `parties.ts`. */
  conversation: Conversation;
  /** What the switch knows of them. */
  applied: AppliedSound;
  /** Parked: whoever names this number has the call. */
  slot: number | null;
  /** Who sent the customer on: they come back to them when nobody takes them, once. */
  returnTo: { userId: number; tried: boolean } | null;
  /** The line does not give them back to this agent. */
  givenBy: number | null;
  /** The queue in which the customer waits, when that is not the call's own. */
  queueOf: QueueKey | null;
  /** While it waits in queues: since when, in which now, and in which it has been. */
  queueWait: { since: number; name: string; visited: readonly number[] } | null;
  /** The queue of which an agent took it, and how long it waited in all. */
  cameFrom: { queueId: number; name: string; waitedMs: number } | null;
  /** The recording is silent until then: a card number is being told. */
  recordingPausedUntil: number | null;
  /** Its time is nearly over: it ends then. */
  endsAt: number | null;
  /** The customer waits with music until the agent's leg is back, at most until then. */
  agentAwayUntil: number | null;
  /** The first audio between customer and agent was measured. */
  heard: boolean;
  draft: DeskDraft | null;
  wrapUpUntil: number | null;
  /** The message after which we hang up, once it plays. */
  goodbye: string | null;
  /** What is played to the person without an agent. */
  message: RunningMessage | null;
  /** What leads the caller until somebody has them. */
  guidance: Guidance | null;
  /** How long it waits for an agent, where the campaign's limit is not meant. */
  waitMs: number | null;
  /** The person it is for, while it seeks them. */
  personal: Personal | null;
  /** Somebody leaves a message. */
  voicemail: VoicemailCall | null;
  /** The customer waits for an agent with music. */
  queued: boolean;
  /** What the customer is asked after the talk. */
  survey: RunningSurvey | null;
  /** What they hear and can do while they wait in a queue. */
  comfort: Comfort | null;
  /** What is known of who answered; null: nobody listens for that. */
  sorting: Sorting | null;
  /** The campaign whose detection ended by what this call taught, until that is told. */
  turnedOff: { campaignId: number; status: CampaignStatus } | undefined;
  timers: Map<CallTimer, Timer>;
}

/** A call for one person; `calls/personal.ts`. */
export interface Personal {
  /** Whom it seeks now, and since when, ms since the epoch. */
  userId: number;
  since: number;
  /** It is announced to them. */
  rings: boolean;
  /** Whom it sought, in order. */
  tried: readonly number[];
}

/** A call that was answered, before and after it is known by whom. */
export interface Sorting {
  /** `over`: it goes the way of every call, or ends. */
  step: "listening" | "sorting" | "beep" | "message" | "over";
  /** Taken for a machine and given to an agent all the same. */
  sampled: boolean;
  /** An agent takes the call meanwhile. */
  beside: boolean;
  /** What it is taken for, once that is no person. */
  suspect: NoPerson | null;
  /** A beep was heard after its words. */
  beeped: boolean;
  /** What somebody is being told. */
  playbackId: string | null;
}

export type CallTimer =
  | "tone"
  | "wait"
  | "goodbye"
  | "message"
  | "comfort"
  | "survey"
  | "survey-limit"
  | "guide"
  | "guide-said"
  | "guide-limit"
  | "first-words"
  | "agent-leg"
  | "wrap-up"
  | "park"
  | "limit"
  | "recording"
  | "sorting";

/** Between two of us. */
export const isInternal = ({ plan }: { readonly plan: CallPlan }): boolean => plan.colleagueId !== undefined;

export const legIdOf = (callId: string) => `c-${callId}`;

export function activate(
  plan: CallPlan,
  core: CallCore,
  now: number,
  legId = legIdOf(plan.callId),
): ActiveCall {
  return {
    id: plan.callId,
    plan,
    core,
    legId,
    legUp: true,
    since: now,
    plannedAt: now,
    answeredAt: null,
    connectedAt: null,
    endedAt: null,
    cause: null,
    trunkId: null,
    customerId: plan.customerId,
    recording: null,
    conversation: alone(now),
    applied: nothingApplied,
    slot: null,
    returnTo: null,
    givenBy: null,
    queueOf: null,
    queueWait: null,
    cameFrom: plan.keptPlace
      ? {
          queueId: plan.queueId ?? 0,
          name: plan.keptPlace.queue,
          waitedMs: Math.max(0, now - plan.keptPlace.since),
        }
      : null,
    recordingPausedUntil: null,
    endsAt: null,
    agentAwayUntil: null,
    heard: false,
    draft: null,
    wrapUpUntil: null,
    goodbye: null,
    message: null,
    guidance: null,
    waitMs: null,
    personal: null,
    voicemail: null,
    queued: false,
    comfort: null,
    survey: null,
    sorting: null,
    turnedOff: undefined,
    timers: new Map(),
  };
}

/** Does an agent write a summary after this call? */
export const wantsSummary = (plan: CallPlan): boolean =>
  plan.campaign !== null && (plan.campaign.summaryRequired || plan.campaign.wrapUpLimitMs > 0);
