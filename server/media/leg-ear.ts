import { AnnouncementMatcher, AnnouncementSet } from "./announcement-matcher.ts";
import { AnswerClassifier, type AnswerVerdict } from "./answer-classifier.ts";
import { answerModel } from "./answer-model.ts";
import type { LegEvent } from "./leg.ts";
import { type DetectedTone, ToneDetector, toneGroups } from "./tone-detector.ts";
import type { Announcement, DetectSpec } from "./types.ts";

/** The trained announcements of this process; ears that listen already keep those they began with. */
let trained = new AnnouncementSet([]);

export function setAnnouncements(announcements: readonly Announcement[]): void {
  trained = new AnnouncementSet(announcements);
}

/** One leg's listener for tones, announcements and who answered: a function of frames. Undefined when there is nothing to listen for. */
export function createEar(
  { country, what, manner }: DetectSpec,
  tell: (event: LegEvent) => void,
): ((frame: Int16Array) => void) | undefined {
  const answer = what.includes("answer") ? new AnswerClassifier(answerModel, manner) : undefined;
  const judge = (verdict: AnswerVerdict | undefined) => verdict && tell({ type: "answer", verdict });
  const heard = (tone: DetectedTone) => {
    tell({ type: "tone", tone });
    if (tone.tone === "beep") judge(answer?.beep());
  };
  const groups = toneGroups.filter((group) => what.includes(group));
  const tones = groups.length > 0 ? new ToneDetector(country, groups, heard) : undefined;
  const isTaught = what.includes("announcements") && trained.ids.length > 0;
  const announcements = isTaught ? new AnnouncementMatcher(trained) : undefined;
  if (!tones && !announcements && !answer) return undefined;
  return (frame) => {
    judge(answer?.push(frame));
    tones?.push(frame);
    const recognised = announcements?.push(frame);
    if (recognised) tell({ type: "announcement", recognised });
  };
}
