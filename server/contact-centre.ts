import { join } from "node:path";
import type { Config } from "./config.ts";
import {
  type AgentRegistry,
  agentRoutes,
  createAgentDays,
  createAgentRegistry,
  createPhones,
} from "./features/agents/index.ts";
import { answeringRoutes } from "./features/answering/index.ts";
import { announcementRoutes, openEarlyMedia } from "./features/announcements/index.ts";
import { type CallerIds, createCallerIds } from "./features/caller-ids/index.ts";
import { callbackRoutes, watchCallbacks } from "./features/callbacks/index.ts";
import { callbackRules } from "./features/campaigns/index.ts";
import { callRecordRoutes } from "./features/call-records/index.ts";
import { answerJobs, type Calls, callRoutes, createCalls, reconcileAtStart } from "./features/calls/index.ts";
import {
  collectConsents,
  complianceRoutes,
  createScreening,
  openRegisters,
  registerJobs,
  sealInBackground,
} from "./features/compliance/index.ts";
import {
  createDesk,
  createManualDial,
  deskRoutes,
  directoryRoutes,
  deskScriptRoutes,
} from "./features/desk/index.ts";
import { diaryRoutes, watchDiary } from "./features/diary/index.ts";
import { createFeatureCodes } from "./features/feature-codes/index.ts";
import { createIvr, ivrOutsideRoutes, ivrRoutes, ivrTestRoutes } from "./features/ivr/index.ts";
import {
  createDialer,
  createPreviews,
  type Dialer,
  replayRoutes,
  whyRoutes,
} from "./features/dialer/index.ts";
import { createSurveys, surveyRoutes } from "./features/surveys/index.ts";
import { floorRoutes, superviseRoutes, waitingRoutes } from "./features/supervision/index.ts";
import { createLive } from "./features/live/index.ts";
import { barringRoutes, createBarring } from "./features/barring/index.ts";
import { calendarRoutes, createCalendars } from "./features/calendars/index.ts";
import { createNumbers, numberRoutes, routeTestRoutes } from "./features/numbers/index.ts";
import { createQueues, queueRoutes } from "./features/queues/index.ts";
import { createDiversions, forwardingRoutes } from "./features/forwarding/index.ts";
import {
  archiveJobs,
  eraseJobs,
  createRecordings,
  createSendRecording,
  readRecording,
  recordingRoutes,
} from "./features/recordings/index.ts";
import { speedDialRoutes } from "./features/speed-dials/index.ts";
import { openSounds, promptRoutes, soundRoutes } from "./features/sounds/index.ts";
import { openSpeech, speechRoutes } from "./features/speech/index.ts";
import { createGreetings, greetingRuleRoutes } from "./features/greetings/index.ts";
import { createOutbox, mailRoutes } from "./features/mail/index.ts";
import { expireTexts, smsRoutes } from "./features/sms/index.ts";
import {
  createBoxesByPhone,
  createTranscriber,
  openMailboxes,
  tellByMail,
  voicemailJobs,
  voicemailRoutes,
} from "./features/voicemail/index.ts";
import {
  type CallOuts,
  createCallOuts,
  createVoicemailMenus,
  type VoicemailMenus,
} from "./features/voicemail-menu/index.ts";
import { createWall, wallboardRoutes } from "./features/wallboards/index.ts";
import { createWebhookRelay, webhookRoutes } from "./features/webhooks/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";
import type { EventBus } from "./kernel/events.ts";
import type { Jobs } from "./kernel/jobs.ts";
import type { HttpServer } from "./kernel/http/server.ts";
import { iceServersFor } from "./kernel/ice-servers.ts";
import type { Log } from "./kernel/log.ts";
import { systemRandom } from "./kernel/random.ts";
import { showMessages } from "./message-lamps.ts";
import { startCanary } from "./switch-canary.ts";
import { listenTo, trainingOf } from "./media/announcement-audio.ts";
import type { DetectedTone } from "./media/types.ts";
import { partyWav } from "./media/wav.ts";
import { createArchiver } from "./media/archiver.ts";
import { recoverRecording } from "./media/recover-recording.ts";
import { type Canary, newCanaryPhone } from "./switch/canary.ts";
import { renderSound, toSound } from "./media/sound-audio.ts";
import { decodeWav, wavOf } from "./media/wav.ts";
import { causeOfDetected } from "./switch/causes.ts";
import { realm, startSwitch } from "./start-switch.ts";
import type { EmbeddedSwitch } from "./switch/embedded.ts";

/** How long talks may go on when the process is asked to end. */
const drainLimitMs = 10_000;

export interface ContactCentreParts {
  config: Pick<Config, "sip" | "rtp" | "ice" | "mediaProcesses" | "version" | "canary" | "maxUploadBytes">;
  dataDir: string;
  database: Database;
  clock: Clock;
  log: Log;
  events: EventBus;
  http: HttpServer;
  jobs: Jobs;
}

export interface ContactCentre {
  switch: EmbeddedSwitch;
  canary: Canary<EmbeddedSwitch> | undefined;
  calls: Calls;
  agents: AgentRegistry;
  dialer: Dialer;
  /** Puts right what a crash left, gives the trunks to the switch, begins to dial. */
  start(): Promise<void>;
}

/** Telephony and what is done with it, from the switch to the live pages. Registers everything with `stack`. */
export async function createContactCentre(
  stack: AsyncDisposableStack,
  parts: ContactCentreParts,
): Promise<ContactCentre> {
  const { config, database, clock, log, events, http } = parts;
  const { app, upgrades } = http;
  const phones = createPhones({ database, clock, random: systemRandom, realm });
  const agents = stack.use(createAgentRegistry({ database, clock, events, log }));
  const days = stack.use(createAgentDays({ database, clock, events, log }));
  const canaryPhone = newCanaryPhone(systemRandom, realm);
  const whole = stack.use(
    await startSwitch(parts, async (user) => canaryPhone.credentialsOf(user) ?? phones.credentialsOf(user)),
  );
  const canary = await startCanary(stack, { ...parts, switch: whole, phone: canaryPhone });
  const sw = canary?.business ?? whole;
  const recordings = createRecordings({
    database,
    folder: join(parts.dataDir, "recordings"),
    repair: recoverRecording,
    log,
  });
  const earlyMedia = await openEarlyMedia({ database, folder: join(parts.dataDir, "early-media"), log });
  const archiver = stack.use(createArchiver());
  archiveJobs(parts.jobs, { database, recordings, archiver, clock, events, log });
  eraseJobs(parts.jobs, { database, recordings, log });
  answerJobs(parts.jobs, { database, clock });
  registerJobs(parts.jobs, { database, clock });
  stack.use(
    watchCallbacks({
      database,
      agents,
      rulesOf: (ids) => callbackRules(database.db, ids),
      clock,
      events,
      log,
    }),
  );
  const soundAudio = { toSound, render: renderSound };
  const { dataDir } = parts;
  const speech = stack.use(
    await openSpeech({ database, dataDir, toSound, samplesOf: decodeWav, clock, log }),
  );
  const sounds = stack.use(await openSounds({ database, dataDir: parts.dataDir, events, speech }));
  const greetings = stack.use(createGreetings({ database, sounds, clock, events, log }));
  const registers = stack.use(await openRegisters({ database, clock, log, dataDir: parts.dataDir }));
  stack.use(sealInBackground({ database, clock, log }));
  collectConsents(parts.jobs, { database, events, log });
  const callerIds: CallerIds = stack.use(
    createCallerIds({ database, trunks: () => calls.trunks(), clock, events }),
  );
  const barring = createBarring({ database, clock });
  const diversions = createDiversions({ database, clock, events });
  const calendars = stack.use(createCalendars({ database, events }));
  const numbers = stack.use(createNumbers({ database, calendars, events }));
  const queues = stack.use(createQueues({ database, agents, clock, events, log }));
  const surveys = stack.use(createSurveys({ database, events }));
  const messageSound = async (id: string) =>
    partyWav(await readRecording({ database, recordings, archiver }, id));
  const outbox = stack.use(
    createOutbox({
      database,
      soundOf: messageSound,
      clock,
      log,
    }),
  );
  stack.use(expireTexts({ database, clock, log }));
  const transcriber = stack.use(
    createTranscriber({
      database,
      recognizer: () => speech.recognizer(),
      soundOf: messageSound,
      mailboxes: () => mailboxes,
      done: () => tellByMail({ database, outbox, clock }),
      clock,
      log,
    }),
  );
  const tell = async () => {
    await transcriber.ask();
    await tellByMail({ database, outbox, clock });
    transcriber.wake();
  };
  const mailboxes = await openMailboxes({ database, dataDir: parts.dataDir, events, tell });
  const lamps = stack.use(showMessages({ switch: sw, mailboxes, phones, events, log }));
  voicemailJobs(parts.jobs, { database, mailboxes, clock, tell });
  const calls: Calls = stack.use(
    createCalls({
      queues,
      numbers,
      surveys,
      diversions,
      mailboxes,
      barring,
      screening: createScreening({ database, clock, log }),
      callerIds,
      earlyMedia,
      sounds,
      greetings,
      random: systemRandom,
      database,
      switch: sw,
      agents,
      recordings,
      heldCallIds: () => [...previews.heldCallIds(), ...dialer.heldCallIds()],
      recordHolders: (userIds) => previews.holders(userIds),
      clock,
      events,
      log,
    }),
  );
  const shared = { database, agents, calls, clock, events, log };
  const previews = createPreviews(shared);
  stack.use(previews);
  // Before the switch goes: talks may end by themselves for a while, then everybody is told.
  stack.defer(() => calls.drain(drainLimitMs));
  const dialer = stack.use(
    createDialer({ ...shared, previews, callerIds, isSpare: (userId) => queues.isSpare(userId) }),
  );
  const desk = stack.use(createDesk({ ...shared, phones, previews, diversions, mailboxes }));
  stack.use(watchDiary({ ...shared, dial: createManualDial(shared) }));
  const callOuts: CallOuts = stack.use(createCallOuts({ ...shared, menus: () => menus }));
  const menus: VoicemailMenus = stack.use(
    createVoicemailMenus({
      ...shared,
      told: (boxId) => callOuts.told(boxId),
      desk,
      boxes: createBoxesByPhone({ database, mailboxes, clock, log }),
      speech,
      soundOf: messageSound,
      partyOf: partyWav,
      greetingPath: (boxId) => mailboxes.greetingPath(boxId),
      dataDir: parts.dataDir,
    }),
  );
  const featureCodes = stack.use(createFeatureCodes({ ...shared, desk, diversions, menus }));
  const ivr = stack.use(createIvr({ ...shared, sounds, speech, calendars, wavOf }));
  stack.use(createLive({ ...shared, days, queues, ivr, dialer, desk, upgrades }));
  stack.use(createWall({ ...shared, queues, upgrades }));
  ivrRoutes(app, { database, ivr, clock });
  ivrOutsideRoutes(app, { database, ivr, clock });
  ivrTestRoutes(app, { database, ivr });
  wallboardRoutes(app, { database, clock, events, random: systemRandom });
  webhookRoutes(app, {
    database,
    clock,
    relay: stack.use(createWebhookRelay({ database, clock, events, log })),
  });

  upgrades.add({
    path: "/sip",
    protocol: "sip",
    allow: "desk.use",
    accept: (socket, request) =>
      sw.acceptWebSocket(socket, {
        host: request.socket.remoteAddress ?? "",
        port: request.socket.remotePort ?? 0,
        secure: "encrypted" in request.socket,
      }),
  });
  stack.use(replayRoutes(app, { database, clock, log }));
  whyRoutes(app, { database, clock, agents, callerIds, random: systemRandom });
  complianceRoutes(app, { database, clock, registers, maxUploadBytes: config.maxUploadBytes });
  speechRoutes(app, { database, clock, speech, toSound });
  soundRoutes(app, { database, clock, events, sounds, speech, audio: soundAudio });
  promptRoutes(app, { database, clock, events, sounds, speech, audio: soundAudio });
  announcementRoutes(app, {
    database,
    clock,
    events,
    earlyMedia,
    audio: { trainingOf, listenTo },
    causeOfTone: (tone) => causeOfDetected(tone as DetectedTone) ?? null,
  });
  answeringRoutes(app, { database, clock, events });
  const sendRecording = createSendRecording({ database, recordings, archiver, clock });
  recordingRoutes(app, { database, sendRecording });
  greetingRuleRoutes(app, { database, clock, events });
  mailRoutes(app, { database, outbox, clock });
  smsRoutes(app, { database, clock });
  voicemailRoutes(app, { database, mailboxes, transcriber, clock, sendRecording, toSound });
  agentRoutes(app, { database, phones, clock, events, realm, sipPort: sw.sipLocal[0]?.port ?? 0 });
  callbackRoutes(app, { database, clock, events });
  barringRoutes(app, { database, barring, clock });
  speedDialRoutes(app, { database });
  forwardingRoutes(app, { database, diversions, clock });
  diaryRoutes(app, { database, clock, events });
  surveyRoutes(app, { database, clock, events });
  queueRoutes(app, { database, clock, events });
  calendarRoutes(app, { database, clock, events });
  numberRoutes(app, { database, clock, events });
  routeTestRoutes(app, { database, numbers });
  callRoutes(app, { database, switch: sw, clock });
  callRecordRoutes(app, { database, clock });
  const iceOf = (user: string) => iceServersFor(config.ice, user, clock.now());
  deskScriptRoutes(app, { database, agents, calls, clock });
  directoryRoutes(app, { database, agents, calls, queues });
  superviseRoutes(app, { database, desk, calls, clock });
  waitingRoutes(app, { database, calls, clock });
  floorRoutes(app, { database, agents, calls, clock, events });
  deskRoutes(app, { database, desk, agents, phones, events, realm, iceOf });

  return {
    switch: sw,
    canary,
    calls,
    agents,
    dialer,
    async start() {
      await reconcileAtStart(database, clock, log);
      await days.start();
      await recordings.recover();
      await speech.start();
      await sounds.start();
      await calendars.start();
      await queues.start();
      await surveys.start();
      outbox.start();
      await lamps.start();
      await ivr.refresh();
      await calls.start();
      await featureCodes.start();
      await menus.start();
      await callOuts.start();
      await greetings.start();
      dialer.start();
      canary?.start();
    },
  };
}
