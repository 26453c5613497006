/** Builds what happens to a call while people talk: its parties, and everything that is done with them. */
import type { RecordAction } from "../../../shared/call-control.ts";
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Mailboxes } from "../voicemail/index.ts";
import type { Greetings } from "../greetings/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { type CallBack, createCallBack } from "./call-back.ts";
import type { CallRouting } from "./call-routing.ts";
import { type CallControl, createControl } from "./control.ts";
import { type Conversations, createConversations } from "./conversations.ts";
import { createInternalCalls, type InternalCalls } from "./internal-calls.ts";
import { createGuided, type Guided } from "./guided.ts";
import { createInviteAgent, type InviteAgent } from "./invite-agent.ts";
import type { Messages } from "./messages.ts";
import { createInviteNumber, type InviteNumber } from "./outside-party.ts";
import { createOverflow, type Overflow } from "./overflow.ts";
import { agentsIn } from "./parties.ts";
import { createPersonal, type Personal } from "./personal.ts";
import type { Door } from "./place-call.ts";
import { createRecordTalk } from "./record-talk.ts";
import type { CallRunner } from "./runner.ts";
import { createSideCalls, type SideCalls } from "./side-calls.ts";
import { createSupervise, type Supervise } from "./supervise.ts";
import { createToColleague, type ToColleague } from "./to-colleague.ts";
import { createTransfer } from "./transfer.ts";
import { createTransfers, type Transfers } from "./transfers.ts";
import { createTurnTo } from "./turn-to.ts";
import { createVoicemail, type Voicemail } from "./voicemail.ts";

/** What desks and supervisors do with a talk. */
export interface TalkCommands
  extends
    CallControl,
    SideCalls,
    Supervise,
    Pick<Guided, "guideBy">,
    Omit<CallBack, typeof Symbol.dispose | "called">,
    Pick<InternalCalls, "callColleague"> {
  record(userId: number, action: RecordAction): Promise<void>;
  /** A note at this moment of the talk. */
  noteNow(userId: number, text: string): void;
}

export interface Talk extends Disposable {
  conversations: Conversations;
  commands: TalkCommands;
  /** What agents' telephones ask for. */
  transfers: Transfers;
  personal: Personal;
  voicemail: Voicemail;
  overflow: Overflow;
  internal: InternalCalls;
  guided: Guided;
  /** The lines of those of us who are in a call. */
  legsOfAgents(call: ActiveCall): string[];
  /** The agent is there, and talks with the customer. */
  begins(call: ActiveCall): void;
  /** A customer has nobody left. */
  alone(call: ActiveCall): void;
}

export function createTalk(deps: {
  database: Database;
  switch: Switch;
  agents: AgentRegistry;
  recordings: Recordings;
  diversions: Diversions;
  mailboxes: Mailboxes;
  /** Whose tones our people hear: ISO 3166-1 alpha-2. */
  country: () => string;
  legs: () => AgentLegs;
  runner: CallRunner;
  door: () => Door;
  holdMusic: () => Sound;
  /** What a caller hears before they leave a message in a box without a greeting. */
  voicemailNotice: (call: ActiveCall, userId: number | null) => Promise<Sound>;
  greetings: Pick<Greetings, "soundFor">;
  messages: Messages;
  giveAway: (legId: string) => void;
  tellsPauses: () => boolean;
  /** The policy: calls between two of us are recorded. */
  recordsInternal: () => boolean;
  parkMs: () => number;
  /** Heard by an agent over whatever they do. */
  attention: (userId: number) => void;
  /** Tells the agent of a call by a tone that the customer is there. */
  announce: (call: ActiveCall) => void;
  routing: () => CallRouting;
  queues: Queues;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Talk {
  const { agents, runner } = deps;
  const transfer = createTransfer({
    agents,
    queues: deps.queues,
    runner: () => runner,
    conversations: () => conversations,
    inviteAgent: () => inviteAgent,
    inviteNumber: () => inviteNumber,
    toColleague: () => toColleague,
    voicemail: () => voicemail,
    boxExists: async (boxId) => (await deps.mailboxes.open({ boxId })) !== undefined,
  });
  const conversations = createConversations({
    ...deps,
    runner: () => runner,
    empty: (call) =>
      personal.alone(call) || guided.back(call) || overflow.alone(call) || transfer.alone(call),
  });
  const voicemail = createVoicemail({ ...deps, conversations: () => conversations, runner: () => runner });
  const inviteAgent: InviteAgent = createInviteAgent({ ...deps, conversations });
  const inviteNumber: InviteNumber = createInviteNumber({ ...deps, conversations });
  const toColleague: ToColleague = createToColleague({ ...deps, inviteAgent, inviteNumber, voicemail });
  const personal: Personal = createPersonal({
    ...deps,
    conversations,
    inviteNumber,
    voicemail,
    unreached: (call) => guided.back(call),
  });
  const guided = createGuided({ ...deps, personal, voicemail, inviteNumber });
  const overflow: Overflow = createOverflow({
    ...deps,
    inviteNumber,
    voicemail,
    back: (call, why) => guided.back(call, why),
  });
  const bringing = { inviteAgent, inviteNumber, toColleague, transfer, personal };
  const parts = { agents, runner, conversations, ...bringing };
  /** Who was called; when they have left, whose call it is. */
  function recordedAgent({ id, plan, core }: ActiveCall): string | undefined {
    const isThere = (userId: number) => agents.get(userId)?.callId === id;
    const userId = [plan.colleagueId, core.agentUserId].find(
      (one) => typeof one === "number" && isThere(one),
    );
    return typeof userId === "number" ? deps.legs().legOf(userId) : undefined;
  }
  const recording = createRecordTalk({
    ...deps,
    legsIn: (call) => conversations.legsIn(call),
    recordedLeg: (call) => (isInternal(call) ? recordedAgent(call) : call.legId),
  });
  const internal = createInternalCalls({
    ...deps,
    conversations,
    recording,
  });
  const waits = createCallBack({
    ...deps,
    toColleague,
    callColleague: (userId, colleagueId) => internal.callColleague(userId, colleagueId),
    tone: deps.attention,
  });
  const transfers = createTransfers({ ...deps, ...parts });

  function talkOf(userId: number): ActiveCall {
    const callId = agents.get(userId)?.callId;
    const call = callId ? runner.get(callId) : undefined;
    if (call?.core.state !== "talking") throw conflict("no-call", "You are on no call.");
    return call;
  }

  return {
    conversations,
    transfers,
    personal,
    voicemail,
    overflow,
    internal,
    guided,
    legsOfAgents: (call) =>
      agentsIn(call.conversation).flatMap((userId) =>
        agents.get(userId)?.callId === call.id ? (deps.legs().legOf(userId) ?? []) : [],
      ),
    begins: (call) => recording.talkBegins(call),
    alone: (call) => transfer.alone(call),
    commands: {
      ...createControl(parts),
      ...createSideCalls({
        ...parts,
        turnTo: createTurnTo(parts),
        internal,
        announce: deps.announce,
        routing: deps.routing,
        parkMs: deps.parkMs,
      }),
      callColleague: async (userId, colleagueId) => {
        const reached = await internal.callColleague(userId, colleagueId);
        waits.called(userId, colleagueId, reached);
        return reached;
      },
      callBack: (userId, colleagueId, on) => waits.callBack(userId, colleagueId, on),
      awaited: (userId) => waits.awaited(userId),
      ...createSupervise(parts),
      guideBy: (guideOf) => guided.guideBy(guideOf),
      record: async (userId, action) => recording.record(talkOf(userId), userId, action),
      noteNow: (userId, text) => recording.note(talkOf(userId), userId, text),
    },
    [Symbol.dispose]() {
      transfers[Symbol.dispose]();
      guided[Symbol.dispose]();
      personal[Symbol.dispose]();
      waits[Symbol.dispose]();
      internal[Symbol.dispose]();
      inviteAgent[Symbol.dispose]();
      conversations[Symbol.dispose]();
    },
  };
}
