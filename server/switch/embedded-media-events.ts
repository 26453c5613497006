import type { DetectedTone, MediaEvent, Recognised } from "../media/types.ts";
import { causeOfDetected } from "./causes.ts";
import { recoverRecordings } from "./embedded-recording.ts";
import { type Core, type Leg, legIdOfMedia } from "./embedded-core.ts";

/** News from the media processes, in the words of the switch. Media of an attempt that lost is not listened to. */
export function onMediaEvent(core: Core, event: MediaEvent): void {
  const legId = legIdOfMedia(event.legId);
  const leg = core.legs.get(legId);
  // A recording is finished after its leg; the last counts come then, too.
  if (event.type === "recording-ended") {
    leg?.recordings.delete(event.result.recordingId);
    return core.emit({ type: "recording-ended", legId, result: event.result });
  }
  if (!leg && event.type === "stats") return core.emit({ type: "leg-stats", legId, stats: event.stats });
  if (!leg || leg.media?.legId !== event.legId) return;
  switch (event.type) {
    case "first-packet":
      return core.emit({ type: "leg-first-packet", legId });
    case "first-forwarded":
      return core.emit({ type: "leg-first-audio", legId, fromLegId: legIdOfMedia(event.fromLegId) });
    case "dtmf":
      return core.emit({ type: "leg-dtmf", legId, digit: event.digit });
    case "playback-ended":
      return core.emit({
        type: "playback-ended",
        legId,
        playbackId: event.playbackId,
        completed: event.completed,
      });
    case "silent":
      return silent(core, leg, event.sinceMs);
    case "flowing":
      return core.emit({ type: "leg-flowing", legId });
    case "audio-trouble": {
      const { trouble, on, sinceMs } = event;
      return core.emit({ type: "leg-trouble", legId, trouble, on, sinceMs });
    }
    case "stats":
      leg.stats = event.stats;
      return core.emit({ type: "leg-stats", legId, stats: event.stats });
    case "connection":
      return event.state === "failed" ? core.apply(leg, { type: "lost", cause: "media-lost" }) : undefined;
    case "leg-lost":
      recoverRecordings(core, leg);
      return core.apply(leg, { type: "lost", cause: event.cause });
    case "level":
      return undefined;
    case "tone":
      return heardTone(core, leg, event.tone);
    case "answer":
      return core.emit({ type: "leg-answered-by", legId, verdict: event.verdict });
    case "announcement":
      return heardAnnouncement(core, leg, event.recognised);
  }
}

function heardTone(core: Core, leg: Leg, tone: DetectedTone): void {
  const answered = leg.state.phase === "answered";
  const cause = causeOfDetected(tone);
  if (cause && !answered) leg.heard.tone ??= cause;
  core.emit({ type: "leg-tone", legId: leg.legId, tone, answered, ...(cause && { cause }) });
}

function heardAnnouncement(core: Core, leg: Leg, { id, errorRate, atMs }: Recognised): void {
  const cause = core.announcements.get(id);
  if (cause === undefined || leg.state.phase === "answered") return;
  leg.heard.announcement ??= cause;
  core.emit({
    type: "leg-announcement",
    legId: leg.legId,
    announcementId: id,
    cause,
    errorRate,
    atMs,
  });
}

/** A party on hold may be silent for as long as it likes (RFC 3264 §8.4). */
function silent(core: Core, leg: Leg, sinceMs: number): void {
  core.emit({ type: "leg-silent", legId: leg.legId, sinceMs });
  if (sinceMs >= core.mediaLostMs && leg.state.phase === "answered" && !leg.heldByParty)
    core.apply(leg, { type: "lost", cause: "media-lost" });
}
