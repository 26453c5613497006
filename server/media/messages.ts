import type { Announcement, DetectSpec, LegSpec, MediaEvent, PlayOptions, Sound, TapFrame } from "./types.ts";

/** What parent and media process say to each other, by structured clone. Nothing is sent for each packet but taps. */
export interface ProcessOptions {
  bindHost: string;
  advertisedHost: string;
  rtpPorts: { min: number; max: number };
  webrtcPort: number;
  iceServers: string[];
}

/** Answered by a `Reply` of the same `requestId`. */
export type Request =
  | { type: "create-leg"; spec: LegSpec }
  | { type: "offer"; legId: string }
  | { type: "accept-answer"; legId: string; sdp: string }
  | { type: "answer"; legId: string; sdp: string }
  | { type: "play"; legId: string; playbackId: string; sound: Sound; options: PlayOptions }
  | { type: "start-recording"; legId: string; recordingId: string; path: string };

/** A room as one process sees it. */
export interface RoomPlan {
  roomId: string;
  /** Whom the legs of this process hear. */
  hears: [legId: string, heard: string[]][];
  /** Legs of other processes that are heard here, and the streams that bring them. */
  imports: { legId: string; stream: number }[];
  /** Legs of this process that are heard in others: where their streams go. */
  exports: { legId: string; stream: number; port: number }[];
}

/** Not answered. A command for a leg that is gone does nothing. */
export type Command =
  | { type: "stop-playback"; legId: string; playbackId?: string }
  | { type: "dtmf"; legId: string; digits: string }
  | { type: "pressed"; legId: string; digit: string }
  | { type: "pause-recording"; legId: string; recordingId: string; paused: boolean }
  | { type: "stop-recording"; legId: string; recordingId: string }
  | { type: "mute"; legId: string; mic?: boolean; speaker?: boolean }
  | { type: "watch-level"; legId: string; on: boolean }
  | { type: "detect"; legId: string; spec: DetectSpec | null }
  | { type: "tap"; legId: string; tapId: string; on: boolean }
  | { type: "feed"; legId: string; feedId: string; samples: Int16Array }
  | { type: "end-feed"; legId: string; feedId: string }
  | { type: "close-leg"; legId: string }
  | { type: "set-announcements"; announcements: readonly Announcement[] }
  | ({ type: "set-matrix" } & RoomPlan)
  | { type: "close-room"; roomId: string }
  | { type: "shut-down" };

/** `serve` comes first and once. */
export type ToProcess =
  | { serve: ProcessOptions }
  | { requestId: number; request: Request }
  | { command: Command };

/** What a request yields: our SDP and what it makes known. */
export interface ReplyValue {
  sdp?: string;
  heldByParty?: boolean;
}

export interface WireError {
  code: string;
  status: number;
  message: string;
  detail: Record<string, unknown>;
}

export type FromProcess =
  /** `linkPort`: where other media processes send. */
  | { type: "ready"; linkPort: number }
  | { type: "reply"; requestId: number; value?: ReplyValue; error?: WireError }
  | { type: "event"; event: MediaEvent }
  | { type: "tap"; tapId: string; frame: TapFrame }
  | { type: "status"; cpuPercent: number }
  | { type: "log"; level: "info" | "warn" | "error"; message: string; legId?: string };
