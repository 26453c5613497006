import type { Log } from "../../kernel/log.ts";
import type { SwitchEvent } from "../../switch/switch.ts";
import { countAnnouncement } from "../announcements/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { AnswerSorting } from "./answer-sorting.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { Guided } from "./guided.ts";
import { hideKeys, type Ladder } from "./ladder.ts";
import type { EarlySamples } from "./early-samples.ts";
import type { AskSurvey } from "./ask-survey.ts";
import type { Comforts } from "./comfort.ts";
import type { Messages } from "./messages.ts";
import type { Voicemail } from "./voicemail.ts";
import type { CallRunner } from "./runner.ts";

export interface CustomerLegDeps {
  runner: CallRunner;
  recordings: Recordings;
  messages: Messages;
  comforts: Comforts;
  survey: AskSurvey;
  guided: Guided;
  goodbyeOver: (call: ActiveCall) => void;
  /** End a call as soon as its early media says how it will end. */
  endWhenSure: () => boolean;
  early: EarlySamples;
  sorting: AnswerSorting;
  voicemail: Voicemail;
}

/** What the switch tells about a customer's leg, said to its call. */
export function onCustomerLeg(
  deps: CustomerLegDeps,
  call: ActiveCall,
  event: SwitchEvent & { legId: string },
): void {
  const { runner, recordings } = deps;
  switch (event.type) {
    case "leg-progress": {
      const trunk = event.trunkId === undefined ? {} : { trunk_id: event.trunkId };
      const data = { sipStatus: event.sipStatus, earlyMedia: event.earlyMedia };
      call.trunkId = event.trunkId ?? call.trunkId;
      if (event.ringing || event.earlyMedia)
        runner.feed(call.id, { type: "ringing" }, { at: event.at, columns: trunk, data });
      if (event.earlyMedia && call.plan.direction === "outbound") deps.early.heard(call);
      return;
    }
    case "leg-answered": {
      call.trunkId = event.trunkId ?? call.trunkId;
      deps.early.answered(call);
      const { recording } = call;
      runner.feed(
        call.id,
        { type: "answered" },
        {
          at: event.at,
          columns: event.trunkId === undefined ? {} : { trunk_id: event.trunkId },
          also: recording
            ? (tx) => recordings.begin(tx, { ...recording, callId: call.id, at: event.at })
            : undefined,
        },
      );
      return;
    }
    case "leg-ended": {
      call.legUp = false;
      deps.survey.left(call);
      deps.messages.feed(call, { type: "left" });
      deps.guided.left(call);
      const { cause, by, sipStatus, sipReason, q850, stats, trunkId } = event;
      call.trunkId = trunkId ?? call.trunkId;
      const { recording } = call;
      // Who would have told of the recording's end is gone.
      const recover = cause === "media-process-died" && recording !== null && call.answeredAt !== null;
      runner.feed(
        call.id,
        { type: "leg-ended", cause, by, sipStatus, sipReason },
        {
          at: event.at,
          columns: trunkId === undefined ? {} : { trunk_id: trunkId },
          data: { cause, by, sipStatus, sipReason, q850, stats },
          after: recover ? () => void recordings.recover(recording.recordingId) : undefined,
        },
      );
      return;
    }
    case "leg-failover":
      return runner.note(call, "failover", {
        at: event.at,
        data: { trunkId: event.trunkId, cause: event.cause, sipStatus: event.sipStatus },
      });
    case "leg-tone": {
      const { tone, cause, answered } = event;
      runner.note(call, "tone", { at: event.at, data: { ...tone, ...(cause && { cause }) } });
      if (answered) deps.sorting.toned(call, tone);
      // A special information tone without a reason is followed by words that have one.
      const isSure = tone.sit !== "generic" && tone.sit !== "ineffective";
      if (cause && isSure && !answered && deps.endWhenSure())
        runner.feed(call.id, { type: "hang-up", by: "system", cause }, { at: event.at });
      return;
    }
    case "leg-answered-by":
      return deps.sorting.judged(call, event.verdict, event.at);
    case "leg-announcement": {
      const { announcementId, cause, errorRate, atMs } = event;
      const at = new Date(event.at);
      runner.note(call, "announcement", {
        at: event.at,
        data: { announcementId, cause, errorRate, atMs },
        also: (tx) => countAnnouncement(tx, announcementId, at),
      });
      if (deps.endWhenSure())
        runner.feed(call.id, { type: "hang-up", by: "system", cause }, { at: event.at });
      return;
    }
    case "leg-dtmf":
      if (deps.voicemail.pressed(call, event.digit)) return;
      if (deps.survey.key(call, event.digit) || deps.comforts.key(call, event.digit)) return;
      if (deps.guided.key(call, event.digit)) return;
      if (deps.messages.feed(call, { type: "key", key: event.digit })) return;
      return runner.note(call, "dtmf", { at: event.at, data: { digit: event.digit } });
    case "leg-held":
      return runner.note(call, event.held ? "held-by-customer" : "resumed-by-customer", { at: event.at });
    case "leg-silent":
      // In a conversation it is an `audio-trouble`.
      if (call.core.state === "talking") return;
      return runner.note(call, "silence", { at: event.at, data: { sinceMs: event.sinceMs } });
    case "playback-ended":
      deps.messages.playbackEnded(call, event.playbackId);
      deps.comforts.playbackEnded(call, event.playbackId);
      deps.survey.playbackEnded(call, event.playbackId);
      deps.guided.playbackEnded(call, event.playbackId);
      deps.voicemail.played(call, event.playbackId);
      if (call.goodbye === event.playbackId) deps.goodbyeOver(call);
      else deps.sorting.played(call, event.playbackId);
      return;
    case "recording-ended": {
      const { result } = event;
      void recordings.examine(result).then((verdict) =>
        // Through the journal: the row must stand before its end is written.
        runner.note(call, verdict.error ? "recording-failed" : "recorded", {
          data: { recordingId: result.recordingId, durationMs: result.durationMs, error: verdict.error },
          also: (tx) => recordings.finish(tx, result.recordingId, verdict),
          after: () => deps.voicemail.stored(result.recordingId),
        }),
      );
      return;
    }
    default:
  }
}

/** The first audio of the customer has gone out to the agent: the measure of "no silence on answering". */
export function onFirstAudio(
  deps: { runner: CallRunner; legs: AgentLegs; heard: (call: ActiveCall) => void },
  event: SwitchEvent & { type: "leg-first-audio" },
): void {
  const { runner, legs } = deps;
  const call = runner.byLeg(event.fromLegId);
  const userId = legs.userOf(event.legId);
  if (!call || userId === undefined || userId !== call.core.agentUserId) return;
  deps.heard(call);
  if (call.heard) return;
  call.heard = true;
  const ms = Math.max(0, event.at - (call.answeredAt ?? event.at));
  runner.note(call, "audio", { at: event.at, columns: { answer_to_audio_ms: ms }, data: { ms } });
}

/** One SIP message, into the ladder of the call it belongs to; an agent's leg counts for the call they are on. */
export function onSip(
  deps: {
    runner: CallRunner;
    legs: AgentLegs;
    lines: { has(legId: string): boolean };
    ladder: Ladder;
    callOfAgent: (userId: number) => string | null;
  },
  event: SwitchEvent & { type: "sip" },
): void {
  const { at, direction, local, remote, text } = event;
  const call = deps.runner.byLeg(event.legId);
  if (call) {
    // What is keyed to a flow, or to the voicemail, may be a secret.
    const isSecret = (call.guidance && !call.core.talked) || deps.lines.has(event.legId);
    const shown = isSecret ? hideKeys(text) : text;
    return deps.ladder.add({ callId: call.id, leg: "customer", at, direction, local, remote, text: shown });
  }
  const userId = deps.legs.userOf(event.legId);
  const callId = userId === undefined ? null : deps.callOfAgent(userId);
  if (callId) deps.ladder.add({ callId, leg: "agent", at, direction, local, remote, text });
}

export function logStray(log: Log, event: SwitchEvent & { legId: string }): void {
  if (event.type === "leg-incoming" || event.type === "sip") return;
  log.debug({ legId: event.legId, type: event.type }, "event of a leg nobody knows");
}
