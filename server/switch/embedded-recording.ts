import { reasonOf } from "../kernel/errors.ts";
import { recoverRecording } from "../media/recover-recording.ts";
import type { RecordingResult } from "../media/types.ts";
import type { Core, Leg } from "./embedded-core.ts";

/** Begins a recording. Rejects when the file cannot be written. */
export async function startRecording(leg: Leg, recordingId: string, path: string): Promise<void> {
  if (!leg.media) return;
  leg.recordings.set(recordingId, path);
  try {
    await leg.media.startRecording(recordingId, path);
  } catch (error) {
    leg.recordings.delete(recordingId);
    throw error;
  }
}

/** The recording that was asked for with the call; one that cannot begin is told as one that failed. */
export function recordFromAnswer(core: Core, leg: Leg): void {
  const record = leg.request?.record;
  if (!record) return;
  startRecording(leg, record.recordingId, record.path).catch((error: unknown) => {
    core.log.error({ legId: leg.legId, err: error }, "recording did not start");
    const result = { ...record, durationMs: 0, bytes: 0, ok: false, error: reasonOf(error) };
    core.emit({ type: "recording-ended", legId: leg.legId, result });
  });
}

/** The process that wrote the leg's files died: what is on the disk is made playable and told. */
export function recoverRecordings(core: Core, leg: Leg): void {
  for (const [recordingId, path] of leg.recordings) {
    const tell = (facts: Pick<RecordingResult, "durationMs" | "bytes" | "error">) =>
      core.emit({
        type: "recording-ended",
        legId: leg.legId,
        result: { recordingId, path, ok: false, ...facts },
      });
    recoverRecording(path).then(
      (length) => tell({ ...length, error: "media-process-died" }),
      (error: unknown) => tell({ durationMs: 0, bytes: 0, error: reasonOf(error) }),
    );
  }
  leg.recordings.clear();
}
