/**
 * What becomes of an answered call before it is known who answered. The classifier listens in the media process; a
 * person goes on to an agent in the tick of its verdict. Whatever fails here ends with an agent: unsure means human.
 *
 *   listening ── human, or no verdict in time ─────────────────────────────────────▶ over: an agent
 *      │ └────── fax ──────────────────────────────────────────────────────────────▶ over: hung up
 *      └──────── machine ──┬── drawn for the sample, and an agent is free ──────────▶ over: an agent
 *                          ├── what machines and screeners get is the same ─────────▶ over: that
 *                          └── sorting ──┬── machine ── hang-up, agent ─────────────▶ over
 *                                        │      └── message ▶ beep ▶ message ───────▶ over: hung up
 *                                        └── screener ── hang-up, agent ────────────▶ over
 *                                               └── message ▶ message ──────────────▶ over: an agent
 */
import { type AnsweringSettings, answeringSettings } from "../../../shared/answering.ts";
import type { Log } from "../../kernel/log.ts";
import type { Random } from "../../kernel/random.ts";
import type {
  AnswerManner,
  AnswerVerdict,
  DetectedTone,
  Detectable,
  Sound,
  Switch,
} from "../../switch/switch.ts";
import { saveVerdict } from "../answering/index.ts";
import type { ActiveCall, CallPlan, Sorting } from "./active-call.ts";
import { createBesideSorting } from "./answer-beside.ts";
import type { CallRouting } from "./call-routing.ts";
import type { NoPerson } from "./call-core.ts";
import type { Conversations } from "./conversations.ts";
import { hearsMachines, type MessageSorting } from "./machine-messages.ts";
import type { CallRunner } from "./runner.ts";

/** Longer than any verdict takes; a leg without sound has none. */
const verdictByMs = 4_500;
/** The same where nobody waits for it. */
const besideVerdictByMs = 7_000;
/** A greeting, its beep, and our message. */
const longestMachineMs = 45_000;

/** How it is found out. Where a message is played meanwhile, it is known as soon as for people who wait. */
export const mannerOf = ({ campaign, origin }: CallPlan): AnswerManner => ({
  listen: origin === "agentless" ? "before" : (campaign?.answering.listen ?? "before"),
  sensitivity: campaign?.answering.sensitivity ?? "balanced",
});

/** Listened for after the answer of a call whose answers are sorted. */
export const heardAfterAnswer: readonly Detectable[] = ["answer", "beep"];

/** Who keeps a place in a queue and is called before an agent is there: a machine is tried again. */
const ofKeptPlaces = answeringSettings.parse({ enabled: true, samplePercent: 0 });

/** Calls that are for whoever is free, or for a message, in a campaign that wants it; those that keep a place. */
export function isSorted({ campaign, direction, agentUserId, origin, keptPlace }: CallPlan): boolean {
  if (direction !== "outbound" || agentUserId !== null) return false;
  if (!campaign) return keptPlace !== undefined;
  return origin === "agentless" ? hearsMachines(campaign) : campaign.answering.enabled;
}

export const newSorting = ({ campaign, origin }: CallPlan): Sorting => ({
  step: "listening",
  sampled: false,
  beside: origin !== "agentless" && campaign?.answering.listen === "beside",
  suspect: null,
  beeped: false,
  playbackId: null,
});

export interface AnswerSorting {
  /** True: who answered is found out first, and the call is routed then. */
  begin(call: ActiveCall): boolean;
  judged(call: ActiveCall, verdict: AnswerVerdict, at: number): void;
  toned(call: ActiveCall, tone: DetectedTone): void;
  played(call: ActiveCall, playbackId: string): void;
  /** The agent of this call leaves it to our message: `answer-beside.ts`. */
  leaveMessage(call: ActiveCall, userId: number): void;
}

const settingsOf = ({ plan }: ActiveCall): AnsweringSettings => plan.campaign?.answering ?? ofKeptPlaces;
const listens = ({ core }: ActiveCall) => core.state === "waiting" && !core.endedBy && !core.abandoned;

export function createAnswerSorting(deps: {
  switch: Pick<Switch, "play">;
  runner: () => CallRunner;
  routing: () => CallRouting;
  conversations: () => Conversations;
  now: () => number;
  /** A prompt as this call hears it. Errors: those of the voice; undefined: there is none of that number. */
  prompt: (promptId: number, call: ActiveCall) => Promise<Sound | undefined>;
  /** For calls of agentless campaigns. */
  message: MessageSorting;
  random: Random;
  log: Log;
}): AnswerSorting {
  const { runner, routing, log } = deps;
  const beside = createBesideSorting(deps);

  function over(call: ActiveCall): void {
    call.sorting!.step = "over";
    runner().clearTimer(call, "sorting");
  }

  function toAgent(call: ActiveCall): void {
    over(call);
    routing().route(call);
    runner().changed(call);
  }

  function dismiss(call: ActiveCall, outcome: NoPerson): void {
    over(call);
    runner().feed(call.id, { type: "no-person", outcome, hangUp: true });
  }

  /** No person waits there: an agent who is free takes it, else it ends. */
  function toFreeAgent(call: ActiveCall, outcome: NoPerson): void {
    if (!routing().routeNow(call)) return dismiss(call, outcome);
    over(call);
    runner().changed(call);
  }

  async function say(call: ActiveCall, promptId: number | null): Promise<boolean> {
    const sorting = call.sorting!;
    sorting.step = "message";
    try {
      const sound = promptId === null ? undefined : await deps.prompt(promptId, call);
      if (!sound || sorting.step !== "message") return false;
      sorting.playbackId = await deps.switch.play(call.legId, sound);
      runner().note(call, "message-played", { data: { promptId } });
      return true;
    } catch (error) {
      log.error({ err: error, callId: call.id, promptId }, "the message could not be played");
      return false;
    }
  }

  async function leaveMessage(call: ActiveCall): Promise<void> {
    if (!(await say(call, settingsOf(call).machinePromptId))) dismiss(call, "machine");
  }

  function machine(call: ActiveCall, isAfterBeep: boolean): void {
    const { onMachine } = settingsOf(call);
    if (onMachine === "hang-up") return dismiss(call, "machine");
    if (onMachine === "agent") return toFreeAgent(call, "machine");
    if (isAfterBeep) return void leaveMessage(call);
    call.sorting!.step = "beep";
  }

  function screener(call: ActiveCall): void {
    const { onScreener, screenerPromptId } = settingsOf(call);
    runner().feed(call.id, { type: "no-person", outcome: "screener", hangUp: false });
    if (onScreener === "hang-up") return dismiss(call, "screener");
    if (onScreener === "agent") return toAgent(call);
    void say(call, screenerPromptId).then((isSaying) => !isSaying && toAgent(call));
  }

  function first(call: ActiveCall, verdict: AnswerVerdict): void {
    if (verdict.class === "human") return toAgent(call);
    if (verdict.class === "fax") return dismiss(call, "fax");
    runner().feed(call.id, { type: "no-person", outcome: "machine", hangUp: false });
    const { onMachine, onScreener } = settingsOf(call);
    if (call.sorting!.sampled) return toFreeAgent(call, "machine");
    if (onMachine === onScreener && onMachine !== "message") return machine(call, false);
    call.sorting!.step = "sorting";
    runner().setTimer(call, "sorting", longestMachineMs, () => dismiss(call, "machine"));
  }

  /** Of a call that went to the agents at once: does nobody of them have it, and is it to be sorted? */
  function isOurs(call: ActiveCall, verdict: AnswerVerdict): boolean {
    if (call.core.state === "waiting" && verdict.class !== "human") routing().withdraw(call);
    else if (!beside.judged(call, verdict)) {
      if (verdict.isFirst) over(call);
      return false;
    }
    return true;
  }

  function note(call: ActiveCall, verdict: AnswerVerdict, at: number): void {
    const { features, isFirst, class: answeredBy, reason, probability, atMs, model } = verdict;
    const row = {
      callId: call.id,
      campaignId: call.plan.campaign?.id ?? null,
      trunkId: call.trunkId,
      at,
      class: answeredBy,
      reason,
      probability,
      decidedMs: atMs,
      model,
      features,
      sampled: call.sorting!.sampled,
    };
    runner().note(call, isFirst ? "answered-by" : "answer-sorted", {
      at,
      data: { class: answeredBy, reason, probability, ms: atMs, model },
      also: (tx) => saveVerdict(tx, row),
    });
  }

  return {
    begin(call) {
      if (!call.sorting || call.core.message) return false;
      const { beside: isBeside } = call.sorting;
      if (isBeside) runner().setTimer(call, "sorting", besideVerdictByMs, () => over(call));
      else runner().setTimer(call, "sorting", verdictByMs, () => toAgent(call));
      // Its text is spoken while the greeting lasts, so that it is there at the beep.
      const { onMachine, machinePromptId } = settingsOf(call);
      if (onMachine === "message" && machinePromptId !== null)
        deps.prompt(machinePromptId, call).catch(() => undefined);
      return !isBeside;
    },
    judged(call, verdict, at) {
      const { sorting } = call;
      if (!sorting) return;
      const isDrawn = !call.core.message && verdict.isFirst && verdict.class === "machine";
      if (isDrawn) sorting.sampled = deps.random.next() * 100 < settingsOf(call).samplePercent;
      note(call, verdict, at);
      if (call.core.message) return deps.message.judged(call, verdict);
      if (sorting.beside && !isOurs(call, verdict)) return;
      if (!listens(call)) return;
      if (verdict.isFirst) return sorting.step === "listening" ? first(call, verdict) : undefined;
      if (sorting.step !== "sorting") return;
      if (verdict.class === "screener") screener(call);
      else machine(call, verdict.reason === "beep");
    },
    toned(call, { tone }) {
      if (tone === "beep" && call.core.message) return deps.message.beeped(call);
      if (tone === "beep" && call.sorting) call.sorting.beeped = true;
      if (tone === "beep" && call.sorting?.step === "beep" && listens(call)) void leaveMessage(call);
    },
    played(call, playbackId) {
      if (call.sorting?.playbackId !== playbackId || call.sorting.step !== "message" || !listens(call))
        return;
      if (call.core.outcome === "screener") toAgent(call);
      else dismiss(call, "machine");
    },
    leaveMessage(call, userId) {
      beside.release(call, userId);
      call.sorting!.step = "beep";
      runner().setTimer(call, "sorting", longestMachineMs, () => dismiss(call, "machine"));
      if (call.sorting!.beeped) void leaveMessage(call);
    },
  };
}
