/**
 * Media as the switch sees it: legs and rooms that live in forked media processes. Every call here is a
 * message to one of them; a process that dies ends its legs (`leg-lost`) and is started again.
 * Audio inside is 8 kHz, 16-bit linear, mono, 20 ms frames (160 samples).
 */
import type { Clock } from "../kernel/clock.ts";
import type { AudioCodec } from "./codec.ts";
import type { Log } from "../kernel/log.ts";
import type { AnswerManner, AnswerVerdict } from "./answer-classifier.ts";
import type { Announcement, Recognised } from "./announcement-matcher.ts";
import type { DetectedTone, ToneGroup } from "./tone-detector.ts";
import type { Signal } from "./tone-plans.ts";

export type { AnswerManner, AnswerVerdict, Announcement, DetectedTone, Recognised, Signal, ToneGroup };

export interface MediaPoolOptions {
  processes: number;
  /** Address to bind RTP to, and the one to write into SDP. */
  bindHost: string;
  advertisedHost: string;
  /** Cut into one slice a process; `min` 0 lets the system choose. */
  rtpPorts: { min: number; max: number };
  /** One UDP port for all WebRTC legs of a process: process n takes `webrtcPort + n`; 0 lets the system choose. */
  webrtcPort: number;
  iceServers: string[];
  /** How long after the start a spare process is started; default 5 s. */
  spareAfterMs?: number;
  clock: Clock;
  log: Log;
}

/**
 * What to play. A file is WAV (PCM16, A-law or µ-law; 8 to 48 kHz); tones are frequency/level/cadence; a signal is one
 * round of a country's own tone (`tone-plans.ts`); a sequence is its parts without a gap.
 */
export type Sound =
  | { file: string }
  | { signal: Signal; country: string }
  | { sequence: readonly Sound[] }
  | { tones: { frequenciesHz: number[]; levelDbm0: number; onMs: number; offMs: number }[] }
  | { silenceMs: number };

/** Sounds without `overRoomDb` play one after another; one that repeats for ever gives way to the next. */
export interface PlayOptions {
  /** Default once; `"forever"` until stopped. */
  repeat?: number | "forever";
  /** Mixed with what the leg hears from its room at this gain (dB) instead of replacing it. */
  overRoomDb?: number;
  /** Plays at once; what plays now, music above all, goes on after it where it was. */
  interrupts?: boolean;
}

/** Two channels: left is what came from the party, right what the party heard. Grows while the call runs. */
export interface RecordingResult {
  recordingId: string;
  path: string;
  durationMs: number;
  bytes: number;
  ok: boolean;
  error?: string;
}

/** Counts of one direction over a span; spans add up. */
export interface StreamCounts {
  packets: number;
  lost: number;
  /** Gaps of one lost packet or several in a row; `lost / lossRuns` is the mean burst. */
  lossRuns: number;
  /** Came too late to be played; only where a jitter buffer runs. */
  discarded: number;
  /** RFC 3550 §6.4.1, at the end of the span. */
  jitterMs: number;
}

/** What no count shows; the words are in `shared/quality.ts`. */
export type AudioTrouble = "no-audio" | "silence" | "not-received";

export interface LegStats {
  /** Of the leg's whole life. */
  packetsIn: number;
  packetsOut: number;
  lost: number;
  jitterMs: number;
  /** Of the party's RTCP: ours to it and back (RFC 3550 §6.4.1). */
  roundTripMs?: number;
  /** ms since the epoch. */
  lastPacketAt?: number;
  codec?: string;
  /** The SRTP suite, or `DTLS-SRTP`; absent in the clear. */
  security?: string;
  /** Playout delay of our jitter buffer; 0 while the party is relayed. */
  bufferMs: number;
  /**
   * Since the last `stats`: `in` are the party's packets as they reached us, `out` ours as the party's reports tell,
   * absent when it reported nothing meanwhile.
   */
  recent: { spanMs: number; in: StreamCounts; out?: StreamCounts };
}

export type MediaEvent =
  /** First RTP packet from the party; `at` ms since the epoch. */
  | { type: "first-packet"; legId: string; at: number }
  /** First frame of another party's audio sent on to this leg since it joined its room. */
  | { type: "first-forwarded"; legId: string; fromLegId: string; at: number }
  | { type: "dtmf"; legId: string; digit: string; durationMs: number }
  | { type: "playback-ended"; legId: string; playbackId: string; completed: boolean }
  | { type: "recording-ended"; legId: string; result: RecordingResult }
  /** No RTP for this long although the direction wants it: told after the leg's `silentAfterMs`, then every 5 s. */
  | { type: "silent"; legId: string; sinceMs: number }
  /** Packets again after `silent`. */
  | { type: "flowing"; legId: string }
  /**
   * One direction of a conversation fails, or works again; told within 5 s. `sinceMs`: how long it had lasted when it
   * was told. Not on hold, while muted, or alone.
   */
  | { type: "audio-trouble"; legId: string; trouble: AudioTrouble; on: boolean; sinceMs: number }
  /** Every 3 s, and a last time when the leg closes. */
  | { type: "stats"; legId: string; stats: LegStats }
  /** The WebRTC connection's state as ICE/DTLS report it. */
  | {
      type: "connection";
      legId: string;
      state: "connecting" | "connected" | "disconnected" | "failed" | "closed";
    }
  | { type: "leg-lost"; legId: string; cause: "media-process-died" }
  /** Level of the party's voice, dBm0, every 200 ms while somebody watches. */
  | { type: "level"; legId: string; dbm0: number }
  | { type: "tone"; legId: string; tone: DetectedTone }
  | { type: "announcement"; legId: string; recognised: Recognised }
  /** Who answered, since `answer` has been listened for; at most two, the second of what spoke like a machine. */
  | { type: "answer"; legId: string; verdict: AnswerVerdict };

/** What is listened for in a party's sound. */
export type Detectable = ToneGroup | "announcements" | "answer";

export interface DetectSpec {
  /** ISO 3166-1 alpha-2; chooses the table of national tones. */
  country: string;
  what: readonly Detectable[];
  /** For `answer`: how long it may take, and on which side to err; default `usualManner`. */
  manner?: AnswerManner;
}

export interface LegSpec {
  legId: string;
  kind: "rtp" | "webrtc";
  /** Legs that will probably meet in a room: they share a process while it has room for them, which saves a hop. */
  affinity: string;
  /** Codecs in order of preference; default PCMA, PCMU. `telephone-event` is always offered. */
  codecs?: AudioCodec[];
  /** How long without a packet makes `silent`; default 3 s, looked at twice a second. */
  silentAfterMs?: number;
  /** Listened for from the first packet on; `MediaLeg.detect` changes it. */
  detect?: DetectSpec;
  /** SRTP with keys in SDP (RFC 4568), for `rtp`; default off. */
  srtp?: "off" | "preferred" | "required";
}

/** 20 ms of a party's audio. */
export interface TapFrame {
  /** When it left the jitter buffer, ms since the epoch. */
  at: number;
  samples: Int16Array;
}

export interface MediaLeg {
  readonly legId: string;
  /** Our offer (the party has not spoken yet). This and the next two reject with `leg-gone` once the leg has ended. */
  offer(): Promise<string>;
  /** The party's answer to our offer; may come twice (183, then 200). */
  acceptAnswer(sdp: string): Promise<void>;
  /** The party's offer, or re-offer (hold, ICE restart); our answer. Rejects with `AppError("no-common-codec")`, `srtp-required` or `srtp-not-allowed` (488). */
  answer(sdp: string): Promise<string>;
  /** True while the party's SDP says sendonly/inactive: it put us on hold. */
  readonly heldByParty: boolean;
  /** Resolves with the playback's id once it is queued. Rejects with `sound-unreadable` or `unsupported-sound`. */
  play(sound: Sound, options?: PlayOptions): Promise<string>;
  /** One, or all that were asked for until now. */
  stopPlayback(playbackId?: string): void;
  /** Sends digits as RFC 4733 events, or as tones to a party without events. */
  sendDtmf(digits: string): void;
  /** The party pressed a key and signalling told it (INFO): told as `dtmf`, and passed on to those who hear the leg. */
  pressed(digit: string): void;
  /** Resolves once the file is open or has failed; a failure is told by `recording-ended`, and the call goes on. */
  startRecording(recordingId: string, path: string): Promise<void>;
  pauseRecording(recordingId: string, paused: boolean): void;
  stopRecording(recordingId: string): void;
  /** The party's audio stops (`mic`) or the party hears nothing (`speaker`). */
  mute(what: { mic?: boolean; speaker?: boolean }): void;
  watchLevel(on: boolean): void;
  /** What is listened for from now on; null ends it. Told by `tone` and `announcement`. */
  detect(spec: DetectSpec | null): void;
  /**
   * A stream of the party's audio, a frame every 20 ms from early media on, through the answer; silence while nothing
   * comes. Close the iterator to end it.
   */
  tap(): AsyncIterable<TapFrame>;
  /** Plays what is written, frame by frame; `close()` ends it. */
  feed(): { write(samples: Int16Array): void; close(): void };
  close(): void;
}

/** Who hears whom: `hears.get(a)` is the set of legs that `a` hears. */
export type HearingMatrix = ReadonlyMap<string, ReadonlySet<string>>;

export interface MediaRoom {
  readonly roomId: string;
  /** Sets membership and hearing at once; legs not named leave. Two legs that hear only each other with one codec are relayed. */
  setMatrix(matrix: HearingMatrix): void;
  close(): void;
}

export interface MediaPool extends AsyncDisposable {
  createLeg(spec: LegSpec): Promise<MediaLeg>;
  /** Its legs may live in any process. */
  createRoom(roomId: string): MediaRoom;
  /** What legs that listen for announcements know from now on. */
  setAnnouncements(announcements: readonly Announcement[]): void;
  on(listener: (event: MediaEvent) => void): () => void;
  /** For the health page. */
  status(): { pid: number; legs: number; cpuPercent: number; alive: boolean; restarts: number }[];
}
