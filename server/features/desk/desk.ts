import type { DeskCommand, DeskCommandBody, DeskState } from "../../../shared/desk.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type AgentEvent, type AgentRegistry, browserUser, type Phones } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Previews } from "../dialer/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { Mailboxes } from "../voicemail/index.ts";
import { callHandlers, type Handlers } from "./call-handlers.ts";
import { createDeskStates, type DeskUser } from "./desk-state.ts";
import { findUserByExtension } from "../users/index.ts";
import "./events.ts";
import { watchShownActs } from "./shown-acts.ts";
import { createManualDial } from "./manual-dial.ts";
import { whomItConcerns } from "./whom-it-concerns.ts";
import { campaignsOfAgent, unfinishedSummary } from "./queries.ts";

export interface Desk extends Disposable {
  state(user: DeskUser): Promise<DeskState>;
  /** One command; answers when it is done. Throws what the desk can show. */
  command<C extends DeskCommand>(
    user: DeskUser,
    command: C,
    body: Required<DeskCommandBody<C>>,
  ): Promise<void>;
}

export function createDesk(deps: {
  database: Database;
  agents: AgentRegistry;
  phones: Phones;
  calls: Calls;
  previews: Previews;
  diversions: Diversions;
  mailboxes: Mailboxes;
  clock: Clock;
  events: EventBus;
}): Desk {
  const { database, agents, phones, calls, previews, clock, events } = deps;
  const policy = watchShownActs(database, events);
  const states = createDeskStates({
    db: database.db,
    agents,
    phones,
    calls,
    previews,
    diversions: deps.diversions,
    mailboxes: deps.mailboxes,
    shownActs: policy.acts,
    now: () => clock.now(),
  });
  const dial = createManualDial({ agents, calls, clock });

  function feed(user: DeskUser, event: AgentEvent): void {
    const fed = agents.feed(user.userId, event);
    if (!fed.ok) throw conflict(fed.code, "This does not fit what you are doing.", { event: event.type });
  }

  async function signIn(user: DeskUser, body: DeskCommandBody<"sign-in">): Promise<void> {
    const assigned = (await campaignsOfAgent(database.db, user.userId)).map((campaign) => campaign.id);
    const phone = body.endpoint === "phone" ? await phones.phoneOf(user.userId) : null;
    if (body.endpoint === "phone" && !phone)
      throw conflict("no-desk-phone", "Set up your desk phone's account first.");
    agents.signIn({
      userId: user.userId,
      name: user.name,
      unitId: user.unitId,
      sipUser: phone?.sipUser ?? browserUser(user.userId),
      endpoint: body.endpoint,
      deskId: body.deskId,
      campaignIds: body.campaignIds.filter((id) => assigned.includes(id)),
    });
    const unfinished = await unfinishedSummary(database.db, user.userId);
    if (unfinished)
      agents.notice(user.userId, "summary-unfinished", { callId: unfinished.callId, name: unfinished.name });
  }

  /** A masked number on the screen stands for the record's own. */
  function phoneOfPreview(userId: number, phone: string | undefined): string | undefined {
    const known = previews.of(userId)?.lead.phones ?? [];
    return known.find((candidate) => maskPhone(candidate) === phone) ?? phone;
  }

  /** A few digits that are a colleague's extension are no telephone number. */
  async function byExtension(body: DeskCommandBody<"dial">): Promise<number | undefined> {
    const typed = body.phone.trim();
    const isForRecord = body.leadId !== undefined || body.customerId !== undefined;
    if (isForRecord || !/^\d{2,8}$/.test(typed)) return undefined;
    return (await findUserByExtension(database.db, typed))?.id;
  }

  const handlers: Handlers = {
    "sign-in": signIn,
    "sign-out": (user) => feed(user, { type: "sign-out" }),
    ready: (user) => feed(user, { type: "ready" }),
    pause: (user, { reasonId }) => feed(user, { type: "pause", reasonId }),
    "preview-dial": async (user, { phone }) => {
      await previews.dial(user.userId, phoneOfPreview(user.userId, phone));
    },
    "preview-skip": (user, { reason }) => previews.skip(user.userId, reason),
    dial: async (user, body) => {
      const colleagueId = await byExtension(body);
      if (colleagueId === undefined) return dial(user.userId, body);
      await calls.callColleague(user.userId, colleagueId);
    },
    hangup: (user) => calls.hangUp(user.userId),
    "no-person": (user, { outcome }) => calls.noPerson(user.userId, outcome),
    survey: (user) => calls.sendToSurvey(user.userId),
    "leave-message": (user) => calls.leaveMessage(user.userId),
    hold: (user, { on }) => calls.hold(user.userId, on),
    mute: (user, { on }) => calls.mute(user.userId, on),
    ...callHandlers(calls),
    dtmf: (user, { digits }) => calls.sendDtmf(user.userId, digits),
    summary: (user, { callId, final, callbackMine = true, ...draft }) =>
      calls.summarise(user.userId, callId, { ...draft, callbackMine }, final),
  };

  const concerned = whomItConcerns(agents, (call, agent) => calls.isFor(call, agent));
  const told = (userId: number) => events.publish("desk.changed", { userId });
  const stops = [
    policy.stop,
    events.on("agent.changed", ({ agent }) => told(agent.userId)),
    events.on("agent.phone-set", ({ userId }) => told(userId)),
    events.on("preview.changed", ({ userId }) => told(userId)),
    events.on("call.changed", ({ call }) => concerned.of(call).forEach(told)),
    events.on("forwarding.changed", ({ userId }) => told(userId)),
    events.on("voicemail.changed", ({ userIds }) => userIds.forEach(told)),
    events.on("call-back.changed", ({ userId }) => told(userId)),
    events.on("campaign.changed", () => {
      for (const agent of agents.all()) told(agent.userId);
    }),
  ];

  return {
    state: (user) => states.of(user),
    async command(user, command, body) {
      await (handlers[command] as (user: DeskUser, body: unknown) => Promise<void> | void)(user, body);
    },
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
