export interface RecordingFinished {
  recordingId: string;
  /** null: of a call nobody remembers. */
  callId: string | null;
  ok: boolean;
  error: string | null;
}

declare module "../../kernel/events.ts" {
  interface AppEvents {
    "recording.finished": RecordingFinished;
  }
}
