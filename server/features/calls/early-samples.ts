/**
 * Records the early media of some calls, so that announcements can be trained from what was not yet recognised. A call
 * that is answered leaves nothing.
 */
import type { Log } from "../../kernel/log.ts";
import type { Random } from "../../kernel/random.ts";
import type { RecordingResult, Switch } from "../../switch/switch.ts";
import type { EarlyMedia } from "../announcements/index.ts";
import type { ActiveCall } from "./active-call.ts";

const prefix = "early-";
const idOf = (callId: string) => `${prefix}${callId}`;

export interface EarlySamples {
  /** The network sends sound. */
  heard(call: ActiveCall): void;
  answered(call: ActiveCall): void;
  /** True when the recording was one of these. */
  ended(result: RecordingResult, at: number): boolean;
}

export function createEarlySamples(deps: {
  switch: Pick<Switch, "startRecording" | "stopRecording">;
  earlyMedia: EarlyMedia;
  random: Random;
  /** How many calls of a hundred. */
  percent: () => number;
  /** The call's own row stands. */
  settled: () => Promise<void>;
  log: Log;
}): EarlySamples {
  const { earlyMedia, log } = deps;
  const seen = new Set<string>();
  const answered = new Set<string>();

  async function keep(callId: string, result: RecordingResult, at: number): Promise<void> {
    seen.delete(callId);
    if (answered.delete(callId) || !result.ok) return earlyMedia.drop(callId);
    await deps.settled();
    await earlyMedia.keep(callId, result.durationMs, at);
  }

  return {
    heard(call) {
      if (seen.has(call.id) || deps.random.next() * 100 >= deps.percent()) return;
      seen.add(call.id);
      deps.switch
        .startRecording(call.legId, idOf(call.id), earlyMedia.pathOf(call.id))
        .catch((error: unknown) => {
          seen.delete(call.id);
          log.warn({ err: error, callId: call.id }, "early media is not recorded");
        });
    },
    answered(call) {
      if (!seen.has(call.id)) return;
      answered.add(call.id);
      deps.switch.stopRecording(call.legId, idOf(call.id));
    },
    ended(result, at) {
      if (!result.recordingId.startsWith(prefix)) return false;
      const callId = result.recordingId.slice(prefix.length);
      keep(callId, result, at).catch((error: unknown) =>
        log.error({ err: error, callId }, "early media could not be kept"),
      );
      return true;
    },
  };
}
