/** Builds the parts of this feature by hand and ties them to the switch. */
import { settings, type Settings } from "../../../shared/settings.ts";
import type { LiveQuality } from "../../../shared/quality.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Random } from "../../kernel/random.ts";
import type { Switch, TrunkStatus } from "../../switch/switch.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { Barring } from "../barring/index.ts";
import type { CallerIds } from "../caller-ids/index.ts";
import { type EarlyMedia, trainedAnnouncements } from "../announcements/index.ts";
import type { Screening } from "../compliance/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { Numbers } from "../numbers/index.ts";
import { type Queues } from "../queues/index.ts";
import type { Mailboxes } from "../voicemail/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { Greetings } from "../greetings/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { Surveys } from "../surveys/index.ts";
import { readSettings } from "../settings/index.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { type AgentKeys, createAgentKeys } from "./agent-keys.ts";
import { createAskSurvey } from "./ask-survey.ts";
import { playAgentTones } from "./agent-tones.ts";
import { startAgentReconciler } from "./agent-reconciler.ts";
import { agentLine } from "./agent-line.ts";
import { type AgentLegs, createAgentLegs } from "./agent-legs.ts";
import { createAnswerSorting } from "./answer-sorting.ts";
import { createMessageSorting } from "./machine-messages.ts";
import { tellTurnedOff } from "./answered-by.ts";
import { type CallCommands, createCommands } from "./commands.ts";
import { createEarlySamples } from "./early-samples.ts";
import { drain } from "./drain.ts";
import { createEffects } from "./effects.ts";
import type { CallView } from "./events.ts";
import { fromSwitch } from "./from-switch.ts";
import { createIncoming } from "./incoming.ts";
import { createJournal } from "./journal.ts";
import { createLadder } from "./ladder.ts";
import { createLines, type Lines } from "./lines.ts";
import { limitCalls } from "./limit-calls.ts";
import { createMessages } from "./messages.ts";
import { createMessageSounds } from "./message-sounds.ts";
import { createDoor, type Door } from "./place-call.ts";
import { createPlainGuides } from "./plain-guides.ts";
import { startReconciler } from "./reconciler.ts";
import { createQualityWatch } from "./quality.ts";
import { createQueueSide } from "./queue-side.ts";
import { type CallRunner, createCallRunner } from "./runner.ts";
import { createCallSounds } from "./sounds.ts";
import { createTalk, type TalkCommands } from "./talk.ts";
import { createTestLines, type TestLines } from "./test-lines.ts";
import type { WaitingCallers } from "./waiting-callers.ts";
import { createTrunkList } from "./trunk-list.ts";

export interface Calls
  extends AsyncDisposable, Door, CallCommands, TalkCommands, AgentKeys, Lines, WaitingCallers {
  /** The rows of kept places were changed. */
  keptPlacesChanged(): Promise<void>;
  active(): readonly CallView[];
  get(callId: string): CallView | undefined;
  /** Calls that were answered and wait for an agent. */
  waiting(): readonly CallView[];
  /** Is the agent one of those for whom it waits, or who may reach for it? */
  isFor(call: CallView, agent: Agent): boolean;
  /** A call of a queue is announced to this agent. */
  isRinging(callId: string, userId: number): boolean;
  trunkStatus(): TrunkStatus[];
  trunks(): readonly TrunkSettings[];
  /** How an answered call sounds now; undefined when it is over. */
  quality(callId: string): LiveQuality | undefined;
  /** Reads the company's policy, and the trunks for the switch; both again whenever they change. */
  start(): Promise<void>;
  /** Ends every call, politely, and waits until all is written. For the end of the process. */
  drain(limitMs: number): Promise<void>;
  /** Ends a call from outside the desk: a campaign that stops, an administrator. */
  end(callId: string): void;
  /** Gives up a call that rings and is for nobody in particular; one that is answered meanwhile goes on. */
  giveUp(callId: string): void;
  /** Telephones on which drafts are tried out. */
  readonly testLines: Pick<TestLines, "open" | "close">;
  /** Resolves when every step so far is committed. */
  settled(): Promise<void>;
}

export interface CallsDeps {
  database: Database;
  switch: Switch;
  agents: AgentRegistry;
  queues: Queues;
  numbers: Numbers;
  surveys: Surveys;
  recordings: Recordings;
  diversions: Diversions;
  mailboxes: Mailboxes;
  barring: Barring;
  callerIds: CallerIds;
  earlyMedia: EarlyMedia;
  sounds: Sounds;
  greetings: Pick<Greetings, "soundFor" | "has">;
  screening: Screening;
  random: Random;
  /** Calls ids under which previews hold leads. */
  heldCallIds: () => readonly string[];
  /** Which of these agents have a record before them that is claimed for them. */
  recordHolders: (userIds: readonly number[]) => Promise<ReadonlySet<number>>;
  clock: Clock;
  events: EventBus;
  log: Log;
}

export function createCalls(deps: CallsDeps): Calls {
  const { database, agents, clock, events, log } = deps;
  const trunks = createTrunkList(deps);
  let endWhenSure = true;
  let company = settings.parse({});
  let agentLostMs = settings.shape.agentLostSeconds.parse(undefined) * 1000;

  const journal = createJournal(database, log, (callId) =>
    runner.feed(callId, { type: "crashed", cause: "error" }),
  );
  const early = createEarlySamples({
    switch: deps.switch,
    earlyMedia: deps.earlyMedia,
    random: deps.random,
    percent: () => company.earlyMediaPercent,
    settled: () => journal.settled(),
    log,
  });
  const ladder = createLadder({ database, clock, log });
  const callSounds = createCallSounds({ ...deps, companyName: () => company.companyName });
  const messages = createMessages({
    switch: deps.switch,
    runner: () => runner,
    sounds: createMessageSounds({
      database,
      sounds: deps.sounds,
      companyName: () => company.companyName,
      callerIdOf: ({ plan }) => door.callerIdOf(plan),
      log,
    }),
    holdMusic: () => callSounds.holdMusic(),
    clock,
    log,
  });
  const effects = createEffects({
    switch: deps.switch,
    agents,
    legs: () => legs,
    routing: () => routing,
    messages: () => messages,
    sorting: () => sorting,
    learned: (call) => tellTurnedOff(events, call),
    conversations: () => conversations,
    talkBegins: (call) => talk.begins(call),
    talk: () => talk,
    runner: () => runner,
    sounds: callSounds,
    agentLostMs: () => agentLostMs,
    clock,
    log,
  });
  const runner: CallRunner = createCallRunner({ journal, effects, clock, events, log });
  const talk = createTalk({
    ...deps,
    country: () => company.defaultCountry,
    legs: () => legs,
    runner,
    door: () => door,
    ...callSounds,
    messages,
    giveAway: (legId) => lines.giveAway(legId),
    tellsPauses: () => company.recordingPauseTone,
    recordsInternal: () => company.recordInternalCalls,
    parkMs: () => company.parkSeconds * 1000,
    attention: (userId) => keys.tell(userId, "attention"),
    announce: (call) => effects.announce(call),
    routing: () => routing,
    queues: deps.queues,
    clock,
    events,
    log,
  });
  const { conversations, transfers } = talk;
  const { pressed, dialled, ...keys } = createAgentKeys({
    switch: deps.switch,
    agents,
    legs: () => legs,
    runner,
    after: (ms, run) => void clock.after(ms, run),
    events,
    log,
  });
  const callOfAgent = (userId: number): ActiveCall | undefined => {
    const callId = agents.get(userId)?.callId;
    return callId ? runner.get(callId) : undefined;
  };
  const legs: AgentLegs = createAgentLegs({
    switch: deps.switch,
    agents,
    clock,
    events,
    log,
    ...agentLine({
      callOf: callOfAgent,
      conversations: () => conversations,
      runner: () => runner,
      effects: () => effects,
    }),
  });
  const testLines = createTestLines({
    ...deps,
    legs: () => legs,
    country: () => company.defaultCountry,
  });
  const countryOf = (trunkId: number | null) =>
    trunks.all().find((trunk) => trunk.id === trunkId)?.country ?? "CN";
  const queueSide = createQueueSide({
    ...deps,
    runner: () => runner,
    messages: () => messages,
    overflow: () => talk.overflow,
    pickUp: (userId, callId) => talk.commands.pickUp(userId, callId),
    door: () => door,
    companyName: () => company.companyName,
    countryOf: (call) => countryOf(call.trunkId),
    legOf: (userId) => legs.legOf(userId),
  });
  const { routing, comforts } = queueSide;
  const survey = createAskSurvey({ ...deps, runner: () => runner, companyName: () => company.companyName });
  const sorting = createAnswerSorting({
    ...deps,
    runner: () => runner,
    routing: () => routing,
    conversations: () => conversations,
    now: () => clock.now(),
    prompt: async (promptId, { plan: { name } }) =>
      deps.sounds.playPrompt(promptId, { name, company: company.companyName }),
    message: createMessageSorting({ runner: () => runner, messages }),
  });
  const door = createDoor({ ...deps, runner, trunks: () => trunks.all() });
  const quality = createQualityWatch({
    database,
    runner,
    callOfAgentLeg(legId) {
      const userId = legs.userOf(legId);
      const call = userId === undefined ? undefined : callOfAgent(userId);
      // A colleague's or a supervisor's line is not what the customer hears.
      return call?.core.agentUserId === userId ? call : undefined;
    },
    clock,
    events,
    log,
  });
  const commands = createCommands({
    database,
    switch: deps.switch,
    agents,
    conversations,
    runner,
    leaveMessage: (call, userId) => sorting.leaveMessage(call, userId),
    survey,
    clock,
  });
  const lines = createLines({ switch: deps.switch, runner: () => runner, clock });
  const incoming = createIncoming({
    ...deps,
    legs: () => legs,
    conversations: () => conversations,
    runner,
    dialledByPhone: (event) => dialled(event),
    voicemailNumber: () => company.voicemailNumber,
    guideOf: (arrival) => talk.guided.guideOf(arrival),
    plainGuideOf: createPlainGuides({ ...deps, companyName: () => company.companyName }),
    campaignOf: (queueId) => deps.queues.campaignOf(queueId),
    countryOf,
  });
  const reconciler = startReconciler({
    ...deps,
    runner,
    conversations: () => conversations,
    alone: (call) => talk.alone(call),
    isWriting: (callId) => journal.has(callId),
  });

  const agentReconciler = startAgentReconciler({
    ...deps,
    legs,
    runner,
    isPlacing: (callId) =>
      door.isPlacing(callId) || talk.internal.isPlacing(callId) || testLines.isOpen(callId),
    isWriting: (callId) => journal.has(callId),
  });

  const onSwitchEvent = fromSwitch({
    ...deps,
    runner,
    legs,
    lines,
    ladder,
    callOfAgent,
    incoming,
    quality,
    early,
    transfers,
    pressed,
    testLines,
    messages,
    comforts,
    survey,
    sorting,
    guided: talk.guided,
    voicemail: talk.voicemail,
    heard: (call) => effects.heard(call),
    goodbyeOver: (call) => effects.goodbyeOver(call),
    endWhenSure: () => endWhenSure,
    written: () => journal.settled(),
  });

  async function readAnnouncements(): Promise<void> {
    deps.switch.setAnnouncements(await trainedAnnouncements(database.db));
  }

  function takePolicy(policy: Settings): void {
    agentLostMs = policy.agentLostSeconds * 1000;
    endWhenSure = policy.endCallsWhenSure;
    company = policy;
  }

  const stops = [
    deps.switch.on(onSwitchEvent),
    events.on("trunk.changed", () => trunks.read()),
    limitCalls({
      switch: deps.switch,
      runner,
      legsOfAgents: (call) => talk.legsOfAgents(call),
      limits: () => company,
      clock,
      events,
      log,
    }),
    playAgentTones({
      switch: deps.switch,
      legOf: (userId) => legs.legOf(userId),
      country: () => company.defaultCountry,
      get: (callId) => runner.get(callId),
      events,
      log,
    }),
    events.on("announcements.changed", readAnnouncements),
    events.on("settings.changed", (change) => takePolicy(change.settings)),
  ];

  return {
    ...door,
    ...commands,
    ...talk.commands,
    ...keys,
    ...lines,
    hangUp: (userId) => void (testLines.hangUp(userId) || commands.hangUp(userId)),
    testLines,
    active: () => runner.all(),
    get: (callId) => runner.get(callId),
    waiting: () => routing.waiting(),
    isFor: (call, agent) => routing.isFor(call, agent),
    isRinging: (callId, userId) => routing.isRinging(callId, userId),
    callersOf: (queueId) => queueSide.callersOf(queueId),
    moveCaller: (...moved) => queueSide.moveCaller(...moved),
    keptPlacesChanged: () => queueSide.kept.look(),
    trunkStatus: () => deps.switch.trunkStatus(),
    trunks: () => trunks.all(),
    quality: (callId) => quality.live(callId),
    async start() {
      takePolicy(await readSettings(database.db));
      await readAnnouncements();
      await trunks.read();
      await queueSide.kept.look();
    },
    end: (callId) => void runner.feed(callId, { type: "hang-up", by: "system", cause: "cancelled" }),
    giveUp: (callId) => void runner.feed(callId, { type: "give-up" }),
    settled: () => journal.settled(),
    drain: (limitMs) => drain({ runner, lines, journal, clock }, limitMs),
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      reconciler.cancel();
      agentReconciler.cancel();
      testLines[Symbol.dispose]();
      await queueSide[Symbol.asyncDispose]();
      talk[Symbol.dispose]();
      await legs[Symbol.asyncDispose]();
      await quality[Symbol.asyncDispose]();
      await journal[Symbol.asyncDispose]();
      await ladder[Symbol.asyncDispose]();
    },
  };
}
