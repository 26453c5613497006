declare module "../../kernel/events.ts" {
  interface AppEvents {
    "recording.finished": { recordingId: string; callId: string | null; ok: boolean; error: string | null };
  }
}

export {};
