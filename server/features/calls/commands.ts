/** What an agent does with the call they are on. A command that does not fit is refused with a code for the desk. */
import type { DeskDraft } from "../../../shared/desk.ts";
import { shownAnswers, summaryProblems } from "../../../shared/service-summary.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { AskSurvey } from "./ask-survey.ts";
import { type ChooseCaller, createChooseCaller } from "./choose-caller.ts";
import { learnFromAgent } from "./answered-by.ts";
import type { NoPerson } from "./call-core.ts";
import type { Conversations } from "./conversations.ts";
import { finishLate } from "./finish-call.ts";
import { writtenOn } from "./written-on.ts";
import { agentsIn, agentParty, customerId, findParty, isHeld } from "./parties.ts";
import { saveDraft, unfinishedCall } from "./queries.ts";
import type { CallRunner } from "./runner.ts";

export interface CallCommands extends ChooseCaller {
  /** The call an agent is on: ringing, talking or in wrap-up. */
  callOf(userId: number): ActiveCall | undefined;
  hangUp(userId: number): void;
  hold(userId: number, on: boolean): void;
  mute(userId: number, on: boolean): void;
  sendDtmf(userId: number, digits: string): void;
  /** The agent hears a machine: the call ends as that, without a summary, and detection learns of it. */
  noPerson(userId: number, outcome: NoPerson): void;
  /** The agent hears a machine, and leaves it to the campaign's message. Errors: `no-message-to-leave` 409. */
  leaveMessage(userId: number): void;
  /** The customer is asked how they were served, and the agent leaves. Errors: `no-survey` 409. */
  sendToSurvey(userId: number): void;
  isSurveyOffered(callId: string): boolean;
  /**
   * Keeps what the agent has written; `final` ends the wrap-up when nothing is missing. Also for a closed call
   * whose summary was left unfinished. Errors: `summary-incomplete` 422 with `detail.problems`.
   */
  summarise(userId: number, callId: string, draft: DeskDraft, final: boolean): Promise<void>;
  /** By a supervisor's wish, as when its time is over: what is written stays as the agent's unfinished summary. */
  endWrapUp(userId: number): Promise<void>;
}

/** What a hidden field held is no part of the final summary. */
const withShown = (campaign: Parameters<typeof summaryProblems>[0], draft: DeskDraft): DeskDraft =>
  campaign ? { ...draft, form: shownAnswers(campaign, draft) } : draft;

export function createCommands(deps: {
  database: Database;
  switch: Switch;
  agents: AgentRegistry;
  conversations: Conversations;
  runner: CallRunner;
  leaveMessage: (call: ActiveCall, userId: number) => void;
  survey: Pick<AskSurvey, "follow" | "send" | "isOffered">;
  clock: Clock;
}): CallCommands {
  const { database, agents, conversations, runner, clock } = deps;

  function callOf(userId: number): ActiveCall | undefined {
    const callId = agents.get(userId)?.callId;
    return callId ? runner.get(callId) : undefined;
  }

  function demandCall(userId: number, states: readonly string[]): ActiveCall {
    const call = callOf(userId);
    if (!call) throw conflict("no-call", "You are on no call.");
    if (!states.includes(call.core.state))
      throw conflict("call-not-in-state", `The call is ${call.core.state}.`, { state: call.core.state });
    return call;
  }

  function demandComplete(campaign: Parameters<typeof summaryProblems>[0], draft: DeskDraft): void {
    const problems = summaryProblems(campaign, draft, clock.now());
    if (problems.length > 0) throw invalid("summary-incomplete", "Fill in what is marked.", { problems });
  }

  async function summariseLate(
    userId: number,
    callId: string,
    draft: DeskDraft,
    final: boolean,
  ): Promise<void> {
    const row = await unfinishedCall(database.db, callId, userId);
    if (!row) throw notFound("call", callId);
    const campaign =
      row.campaign_id === null ? null : ((await findCampaign(database.db, row.campaign_id)) ?? null);
    const asked = campaign && (await writtenOn(database.db, campaign, row));
    if (final) demandComplete(asked, draft);
    const fields = row.draft?.fields;
    await database.transact(async (tx) => {
      await saveDraft(tx, callId, final ? null : { ...draft, ...(fields && { fields }) });
      if (final)
        await finishLate(tx, row, withShown(asked, draft), {
          userId,
          now: clock.now(),
          form: asked?.form ?? [],
        });
    });
  }

  return {
    callOf,
    ...createChooseCaller({ database, callOf, runner }),
    hangUp(userId) {
      const call = demandCall(userId, ["dialling", "ringing", "connecting", "talking"]);
      // Only whose call it is may end it for everybody; others go.
      const own = findParty(call.conversation, agentParty(userId));
      if (own && own.role !== "owner" && own.role !== "customer")
        return conversations.step(
          call,
          { type: "gone", id: own.id },
          { type: "party-left", data: { userId } },
        );
      if (deps.survey.follow(call)) return;
      const cause = call.core.state === "talking" ? "normal" : "cancelled";
      runner.feed(call.id, { type: "hang-up", by: "agent", cause });
    },
    hold(userId, on) {
      const call = demandCall(userId, ["talking"]);
      const { conversation } = call;
      if (isHeld(conversation) === on) return;
      if (call.core.agentUserId !== userId) throw conflict("not-your-call", "This call is a colleague's.");
      // While somebody is consulted, one of the two is always on hold.
      if (conversation.consultId !== null)
        return conversations.step(call, { type: "swap" }, { type: "swapped" });
      conversations.step(call, { type: "hold", id: customerId, on }, { type: on ? "held" : "resumed" });
    },
    mute(userId, on) {
      const call = demandCall(userId, ["talking", "connecting"]);
      const id = agentParty(userId);
      const party = findParty(call.conversation, id);
      if (!party || party.muted === on) return;
      conversations.step(call, { type: "mute", id, on }, { type: on ? "muted" : "unmuted" });
    },
    noPerson(userId, outcome) {
      const call = demandCall(userId, ["talking"]);
      runner.feed(
        call.id,
        { type: "agent-says", outcome },
        {
          data: { outcome },
          also: (tx) => learnFromAgent(tx, call, { truth: outcome, userId }, clock.now()),
        },
      );
    },
    sendToSurvey(userId) {
      const call = demandCall(userId, ["talking"]);
      if (call.core.agentUserId !== userId) throw conflict("not-your-call", "This call is a colleague's.");
      deps.survey.send(call);
    },
    isSurveyOffered(callId) {
      const call = runner.get(callId);
      return call !== undefined && deps.survey.isOffered(call);
    },
    leaveMessage: (userId) => deps.leaveMessage(demandCall(userId, ["talking"]), userId),
    sendDtmf(userId, digits) {
      const call = demandCall(userId, ["talking"]);
      deps.switch.sendDtmf(call.legId, digits);
      runner.note(call, "dtmf-sent", { data: { digits: digits.length } });
    },
    async endWrapUp(userId) {
      const call = demandCall(userId, ["wrap-up"]);
      const { promise, resolve } = Promise.withResolvers<void>();
      if (!runner.feed(call.id, { type: "wrap-limit" }, { data: { by: "supervisor" }, after: resolve }))
        resolve();
      return promise;
    },
    async summarise(userId, callId, draft, final) {
      const call = runner.get(callId);
      if (!call || call.core.state === "closed") return summariseLate(userId, callId, draft, final);
      if (call.core.agentUserId !== userId) throw notFound("call", callId);
      call.draft = final ? withShown(call.plan.campaign, draft) : draft;
      const { promise, resolve } = Promise.withResolvers<void>();
      if (!final) {
        // Who is with them in the call reads along.
        if (agentsIn(call.conversation).length > 1) runner.changed(call);
        // The form as it is now: it may change before a forgotten summary is completed.
        const fields = call.plan.campaign?.form;
        runner.note(call, null, {
          columns: { draft: { ...draft, ...(fields && { fields }) } },
          after: resolve,
        });
        return promise;
      }
      demandComplete(call.plan.campaign, draft);
      if (call.core.state !== "wrap-up")
        throw conflict("call-not-in-state", "The call is not over yet.", { state: call.core.state });
      runner.feed(
        callId,
        { type: "summary" },
        { columns: { draft: false }, data: { dispositionId: draft.dispositionId }, after: resolve },
      );
      return promise;
    },
  };
}
