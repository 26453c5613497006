import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { withheldPhone } from "../../../shared/common.ts";
import type { NumberTarget } from "../../../shared/numbers.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Cause, Switch, SwitchEvent } from "../../switch/switch.ts";
import { type AgentRegistry, userOfSip } from "../agents/index.ts";
import { isOurNumber, type Numbers } from "../numbers/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { activate, type CallPlan } from "./active-call.ts";
import { affinityOf } from "./affinity.ts";
import { callerNumber, plainText } from "./caller-number.ts";
import { callStep } from "./call-machine.ts";
import { plannedCore } from "./place-call.ts";
import { insertCalls, whoCalls } from "./queries.ts";
import { appendEvents } from "./queries-steps.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { type Guide, type GuideOf, newGuidance } from "./guide.ts";
import type { PlainGuideOf } from "./plain-guides.ts";
import type { Conversations } from "./conversations.ts";
import type { CallRunner } from "./runner.ts";

type Incoming = SwitchEvent & { type: "leg-incoming" };

/**
 * Calls that come in from a trunk: the caller is recognised, the call answered, and offered to the agent who
 * knows them, else to whoever is free; with nobody there, a message says so. A desk phone that dials by itself
 * is refused: calls start on the desk, where the gate stands.
 */
export function createIncoming(deps: {
  database: Database;
  switch: Switch;
  agents: AgentRegistry;
  numbers: Pick<Numbers, "leadsTo">;
  legs: () => AgentLegs;
  conversations: () => Pick<Conversations, "refresh">;
  runner: CallRunner;
  /** A telephone of ours that dials a code; false: it is none. */
  dialledByPhone: (event: Incoming) => boolean;
  /** What leads the caller before anybody has them. */
  guideOf: GuideOf;
  /** Words, or a number outside, to which a number leads. */
  plainGuideOf: PlainGuideOf;
  /** By which a queue's calls are handled. */
  campaignOf: (queueId: number) => CampaignDetail | null;
  /** Where callers hear their voicemail, E.164; null: nowhere. */
  voicemailNumber: () => string | null;
  countryOf: (trunkId: number) => string;
  clock: Clock;
  events: EventBus;
  log: Log;
}): (event: Incoming) => Promise<void> {
  const { database, agents, runner, clock, events, log } = deps;

  async function planOf(
    event: Incoming,
    phone: string | null,
    called: string,
    target: NumberTarget | undefined,
  ): Promise<CallPlan> {
    const who = await whoCalls(database.db, phone, called);
    const queueId = target?.type === "queue" ? target.id : undefined;
    const own = queueId === undefined ? null : deps.campaignOf(queueId);
    // A flow that does not run leads as a number that leads nowhere.
    const asksVoicemail = called === deps.voicemailNumber();
    const leadsOn = target === undefined || target.type === "flow" || queueId !== undefined;
    const last = own || !leadsOn || asksVoicemail ? null : who.campaign_id;
    const campaign = own ?? (last === null ? undefined : await findCampaign(database.db, last));
    const ready = campaign && queueId === undefined ? agents.ready(campaign.id).length > 0 : true;
    return {
      callId: newId(clock.now()),
      direction: "inbound",
      origin: "inbound",
      phone: phone ?? withheldPhone,
      name: who.customer_name || who.lead_name || plainText(event.fromName ?? "", 100),
      timeZone: who.time_zone ?? "UTC",
      // Agents of other campaigns take the call when none of this one is free.
      campaign: campaign && ready ? campaign : null,
      listId: null,
      leadId: who.lead_id,
      customerId: who.customer_id,
      leadAttempts: 0,
      agentUserId: who.agent_user_id,
      priority: who.vip ?? 0,
      ...(queueId !== undefined && { queueId }),
      ...(target?.type === "agent" && { personalUserId: target.id }),
      ...(target?.type === "voicemail" && { voicemail: { userId: target.id } }),
      ...(target?.type === "box" && { voicemail: { boxId: target.id } }),
      ...(asksVoicemail && { asksVoicemail }),
    };
  }

  /** Undefined: they go on as callers of a number that leads nowhere. */
  async function guideOf(
    target: NumberTarget | undefined,
    { called, country }: { called: string; country: string },
    plan: CallPlan,
  ): Promise<Guide | undefined> {
    if (target?.type !== "flow") return target && deps.plainGuideOf(target, plan);
    const { callId, phone, name, customerId, priority: vip = 0 } = plan;
    try {
      return await deps.guideOf({ flowId: target.id, callId, phone, called, name, customerId, vip, country });
    } catch (error) {
      log.error({ err: error, callId }, "a caller goes without their guide");
      return undefined;
    }
  }

  /** Why the call is not answered: its rule says so, or a stranger dials a number that is none of ours. */
  async function refusalOf(
    event: Incoming,
    called: string,
    target: NumberTarget | undefined,
    { campaign, customerId, leadId, agentUserId }: CallPlan,
  ): Promise<Cause | undefined> {
    if (target?.type === "refuse") return event.anonymous ? "blocked" : "rejected";
    const isKnown = [campaign, customerId, leadId, agentUserId].some((known) => known !== null);
    if (target || isKnown || (await isOurNumber(database.db, called))) return undefined;
    log.warn({ called, trunkId: event.trunkId }, "a call to a number that leads nowhere: 404");
    return "invalid-number";
  }

  /**
   * A leg that takes another's place (RFC 3891): the customer's, when their own carrier moved them, and an agent's,
   * who goes on at another telephone of theirs. Nobody else may.
   */
  async function takePlace(event: Incoming, replaced: string): Promise<void> {
    const { legId, trunkId, user } = event;
    const call = runner.byLeg(replaced);
    if (call && trunkId !== undefined && trunkId === call.trunkId) {
      runner.moveLeg(call, legId);
      runner.note(call, "leg-replaced", { data: { from: event.from } });
      await deps.switch.answer(legId, affinityOf(call.plan.campaign?.id));
      deps.conversations().refresh(call);
      return;
    }
    const agent = deps.legs().userOf(replaced);
    const isOwn = agent !== undefined && user !== undefined && userOfSip(user) === agent;
    if (isOwn && deps.legs().moveLeg(replaced, legId))
      return deps.switch.answer(legId, affinityOf(undefined));
    log.warn({ legId, replaced }, "a leg may not take this one's place");
    return deps.switch.hangup(legId, "rejected");
  }

  return async (event) => {
    if (event.replaces !== undefined) return takePlace(event, event.replaces);
    if (event.trunkId === undefined) {
      if (deps.dialledByPhone(event)) return undefined;
      log.info({ user: event.user, to: event.to }, "a phone dialled by itself: refused");
      return deps.switch.hangup(event.legId, "rejected");
    }
    const { legId, trunkId } = event;
    deps.switch.ring(legId);
    const country = deps.countryOf(trunkId);
    const called = callerNumber(event.to, country);
    const phone = event.anonymous ? null : callerNumber(event.from, country);
    // It leads nowhere else.
    const isVoicemail = called === deps.voicemailNumber();
    const { target, rule } = isVoicemail
      ? { target: undefined, rule: null }
      : await deps.numbers.leadsTo({ called, trunkId, phone, at: event.at });
    const plan = await planOf(event, phone, called, target);
    const guide = await guideOf(target, { called, country }, plan);
    const refusal = isVoicemail ? undefined : await refusalOf(event, called, target, plan);
    const at = new Date(event.at);
    await database.transact(async (tx) => {
      await insertCalls(tx, [{ plan, callerId: plainText(event.to, 100), allowed: true, at }]);
      const base = { callId: plan.callId, columns: {}, at, from: "planned" as const };
      await appendEvents(tx, [
        {
          ...base,
          to: "ringing",
          type: "incoming",
          data: {
            from: plainText(event.from, 200),
            to: plainText(event.to, 200),
            divertedFrom: event.divertedFrom,
            trunkId,
            ...(rule !== null && { rule }),
          },
        },
      ]);
    });
    const step = callStep({ ...plannedCore(plan), message: guide !== undefined }, { type: "incoming" });
    if (!("call" in step)) throw new Error("an incoming call does not ring");
    const call = activate(plan, step.call, event.at, legId);
    call.trunkId = trunkId;
    if (guide) call.guidance = newGuidance(guide);
    runner.add(call);
    events.publish("call.changed", { call, from: "planned" });
    if (refusal) return void runner.feed(call.id, { type: "hang-up", by: "system", cause: refusal });
    await deps.switch.answer(legId, affinityOf(plan.campaign?.id));
  };
}
