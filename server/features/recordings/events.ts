declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** The archive stands and was verified. */
    "recording.archived": { recordingId: string; callId: string };
    /** It was tried and failed, or no longer is what it was; the original stays. */
    "recording.archive-failed": { recordingId: string; callId: string; error: string };
  }
}
