/**
 * The verbs the business speaks about telephony. They are those of a telephone exchange, not of our own
 * process: a second driver may put them on a cluster of Asterisk servers, so nothing here may assume shared
 * memory. Commands that name a leg that is gone do nothing; what became of it was told by its `leg-ended`.
 * Paths name files as this process sees them: a sound is read when `play` is called, a recording stands whole at its
 * path when `recording-ended` is told; a driver whose audio is on another machine carries them over.
 * `conformance.ts` is the contract in executable form.
 */
import type {
  AnswerManner,
  AnswerVerdict,
  AudioTrouble,
  DetectedTone,
  Detectable,
  LegStats,
  PlayOptions,
  RecordingResult,
  Sound,
  TapFrame,
} from "../media/types.ts";

import type { SipCounts, WaitingMessages } from "../sip/types.ts";
import type { TrunkConfig, TrunkStatus } from "./trunk-config.ts";

export type { TrunkConfig, TrunkStatus };
export type {
  AnswerManner,
  AnswerVerdict,
  TapFrame,
  AudioTrouble,
  DetectedTone,
  Detectable,
  LegStats,
  PlayOptions,
  RecordingResult,
  Sound,
};

/**
 * Why a leg ended or never came up: one vocabulary over SIP status, Reason (Q.850) and our own causes.
 * Words for people are in the web's dictionaries under `cause.<name>`.
 */
export const causes = [
  "normal", // a party hung up after answer
  "cancelled", // we gave up while it rang
  "given-up", // the dialler gave it up while it rang: its answer would have met nobody
  "no-answer", // rang until our timeout, 408/480 after ringing, Q.850 18/19
  "busy", // 486, 600, Q.850 17
  "rejected", // 603, 403, Q.850 21
  "invalid-number", // 404, 484, 604, Q.850 1/28
  "unreachable", // 480 without ringing, Q.850 20/27: switched off or out of coverage, the network does not say
  "powered-off", // an announcement says so
  "suspended", // the subscription rests or its bill is open: an announcement says so
  "moved", // 301, 410, Q.850 22/23: the number was changed
  "call-barred", // calls from us or to them are barred: Q.850 29/52/54/55/57
  "blocked", // 607, 608, 433: a filter took us for a nuisance
  "fax", // a fax machine answered
  "congestion", // 503, Q.850 34/42
  "trunk-failed", // 5xx, 401/407 refused, no response from the trunk
  "no-trunk", // none enabled, or all at their limits
  "no-codec", // 488/606, or our own refusal
  "no-encryption", // one side demands SRTP, the other has none
  "time-limit", // a call of its class lasts no longer
  "media-lost", // no RTP for too long
  "media-process-died",
  "transport-lost", // the phone's connection is gone
  "switch-restarted",
  "error",
] as const;
export type Cause = (typeof causes)[number];

export type LegId = string;

export type Destination =
  /** Through trunks in order; the next is tried on `trunk-failed`, `congestion` and limits. */
  | { kind: "trunk"; trunkIds: readonly number[]; number: string }
  /** Every contact where this phone or browser is registered. */
  | { kind: "endpoint"; user: string };

export interface OriginateRequest {
  legId: LegId;
  destination: Destination;
  /** Number shown to the called party, E.164; the trunk formats it. */
  callerId?: string;
  callerName?: string;
  ringTimeoutMs: number;
  /** Legs that will probably meet share this key, and so a media process while it has room: any leg can meet any other. */
  affinity: string;
  /** Begin a two-channel recording the moment the leg is answered. */
  record?: { recordingId: string; path: string };
  /** Asks a phone or browser to pick up by itself (`Alert-Info`, `Call-Info: answer-after=0`). */
  autoAnswer?: boolean;
  /** Withhold our number from the person called; default as the trunk says. */
  withholdNumber?: boolean;
  /** The number, E.164, that this call was for before we forwarded it. */
  diversion?: { number: string; reason: "unconditional" | "user-busy" | "no-answer" | "unknown" };
  headers?: readonly (readonly [string, string])[];
  /**
   * What is listened for before the answer and after it; told by `leg-tone`. `manner`: for `answer`. Default through a trunk: the tones of
   * its country and trained announcements until the answer, nothing after it.
   */
  detect?: { early: readonly Detectable[]; answered: readonly Detectable[]; manner?: AnswerManner };
}

export type SwitchEvent = { at: number } & (
  | {
      type: "leg-incoming";
      legId: LegId;
      from: string;
      fromName?: string;
      to: string;
      trunkId?: number;
      user?: string;
      /** The caller withholds the number: `from` is `anonymous`. */
      anonymous: boolean;
      /** The number that was called first, when the call was forwarded to `to`; the reason in its carrier's words. */
      divertedFrom?: string;
      diversionReason?: string;
      /** It wants the place of this leg of ours; `answer` gives it. */
      replaces?: LegId;
    }
  /** 100 Trying is not told. `earlyMedia` once the party's SDP has come. */
  | {
      type: "leg-progress";
      legId: LegId;
      sipStatus: number;
      ringing: boolean;
      earlyMedia: boolean;
      trunkId?: number;
    }
  | { type: "leg-answered"; legId: LegId; trunkId?: number }
  | {
      type: "leg-ended";
      legId: LegId;
      cause: Cause;
      by: "party" | "us" | "switch";
      sipStatus?: number;
      sipReason?: string;
      q850?: number;
      trunkId?: number;
      stats?: LegStats;
    }
  /** One failed trunk of several; another is being tried. */
  | { type: "leg-failover"; legId: LegId; trunkId: number; cause: Cause; sipStatus?: number }
  /**
   * The party asks to be replaced by `to`, a number or user as it dialled; with `replacesLegId`, by the other
   * end of that leg, which is its own consultation. Answer with `transferProgress`. `headers` belong on the call
   * to the target (`OriginateRequest.headers`).
   */
  | {
      type: "leg-transfer-requested";
      legId: LegId;
      to: string;
      replacesLegId?: LegId;
      headers: readonly (readonly [string, string])[];
    }
  | { type: "leg-dtmf"; legId: LegId; digit: string }
  /** A tone in the party's sound. `cause` when it says what becomes of the call. */
  | { type: "leg-tone"; legId: LegId; tone: DetectedTone; answered: boolean; cause?: Cause }
  /** A trained announcement in the party's early media; `errorRate` is the share of its bits that differ. */
  | {
      type: "leg-announcement";
      legId: LegId;
      announcementId: number;
      cause: Cause;
      errorRate: number;
      atMs: number;
    }
  /** Who answered, where `detect.answered` asks for it: a first word, and for a machine a second one that sorts it. */
  | { type: "leg-answered-by"; legId: LegId; verdict: AnswerVerdict }
  | { type: "leg-held"; legId: LegId; held: boolean }
  | { type: "leg-first-packet"; legId: LegId }
  /** The first audio of `fromLegId` went out to `legId`. */
  | { type: "leg-first-audio"; legId: LegId; fromLegId: LegId }
  /**
   * No audio came although it should: told after a second for a browser, which always sends, after three for
   * others, and again every few seconds while it lasts.
   */
  | { type: "leg-silent"; legId: LegId; sinceMs: number }
  /** Audio came again after `leg-silent`. */
  | { type: "leg-flowing"; legId: LegId }
  /** One direction of a conversation fails (`on`), or works again: told within 5 s, never on hold or while muted. */
  | { type: "leg-trouble"; legId: LegId; trouble: AudioTrouble; on: boolean; sinceMs: number }
  /** Every few seconds, and once more right after `leg-ended` with the last counts. */
  | { type: "leg-stats"; legId: LegId; stats: LegStats }
  | { type: "playback-ended"; legId: LegId; playbackId: string; completed: boolean }
  | { type: "recording-ended"; legId: LegId; result: RecordingResult }
  | { type: "endpoint"; user: string; online: boolean; userAgent?: string }
  | { type: "trunk"; status: TrunkStatus }
  /** One SIP message of this leg, for the ladder. The first of a call that comes in precede its `leg-incoming`. */
  | { type: "sip"; legId: LegId; direction: "in" | "out"; local: string; remote: string; text: string }
);

/** How the transfer stands that a party asked for: `answered`, `refused` and `failed` end it. */
export type TransferState = "trying" | "ringing" | "answered" | "refused" | "failed";

/** A number as for `originate`, or the other end of another leg of ours. */
export type TransferTarget = { number: string } | { legId: LegId };

/** `accepted`: the party took it and does not tell what became of it. */
export type TransferResult =
  | { result: "answered" | "accepted" | "unsupported" }
  | { result: "refused"; sipStatus: number };

/** What a leg does in a room. Four matrices of one mechanism. */
export type RoomRole =
  | "talk" // hears and is heard by all
  | "listen" // hears all, heard by none
  | "whisper" // hears all, heard by `to` alone
  | "mute"; // hears all, silent

export interface RoomMember {
  legId: LegId;
  role: RoomRole;
  /** For `whisper`: the leg that hears it. */
  to?: LegId;
}

/** An announcement of the network, and what a call means that hears it. */
export interface TrainedAnnouncement {
  id: number;
  cause: Cause;
  /** Made by `fingerprint`. */
  words: Uint32Array;
}

export interface Switch extends AsyncDisposable {
  on(listener: (event: SwitchEvent) => void): () => void;

  /** Returns at once; the leg's life is told by events and always ends with `leg-ended`. */
  originate(request: OriginateRequest): void;
  ring(legId: LegId): void;
  /** Answers an incoming leg; `affinity`: see `OriginateRequest`. */
  answer(legId: LegId, affinity: string): Promise<void>;
  /** 183 with our SDP, so that prompts play before answer. */
  earlyMedia(legId: LegId, affinity: string): Promise<void>;
  /** Ends a leg in any state. For an unanswered incoming leg the cause picks the SIP status. */
  hangup(legId: LegId, cause?: Cause): void;
  /**
   * Gives an outgoing leg up that rings: it ends with `given-up`, unless the party answers before the network has
   * heard of it, which is an answer like any other, or ends it otherwise (busy). Anything else: nothing happens.
   */
  withdraw(legId: LegId): void;

  play(legId: LegId, sound: Sound, options?: PlayOptions): Promise<string>;
  stopPlayback(legId: LegId, playbackId?: string): void;
  startRecording(legId: LegId, recordingId: string, path: string): Promise<void>;
  pauseRecording(legId: LegId, recordingId: string, paused: boolean): void;
  stopRecording(legId: LegId, recordingId: string): void;
  sendDtmf(legId: LegId, digits: string): void;
  mute(legId: LegId, muted: boolean): void;
  /** The leg hears music and is not heard, its place in the room kept. */
  hold(legId: LegId, music: Sound): void;
  unhold(legId: LegId): void;

  /** The answer to `leg-transfer-requested`, step by step. After `answered` the leg ends. */
  transferProgress(legId: LegId, state: TransferState, cause?: Cause): void;
  /** Has the party call the target in our place, where its side can; the leg ends when it hangs up. */
  transfer(legId: LegId, target: TransferTarget): Promise<TransferResult>;

  /** Sets the members of a room; it is made on first use and gone when empty. A leg is in one room at most. */
  setRoom(roomId: string, members: readonly RoomMember[]): void;

  /** The party's audio with its times, from early media on. */
  tap(legId: LegId): AsyncIterable<TapFrame>;
  feed(legId: LegId): { write(samples: Int16Array): void; close(): void };

  /** Replaces what legs that listen for announcements know; calls under way keep what they began with. */
  setAnnouncements(announcements: readonly TrainedAnnouncement[]): void;
  /** Replaces the whole set; trunks that did not change keep their registrations and calls. */
  setTrunks(trunks: readonly TrunkConfig[]): void;
  trunkStatus(): TrunkStatus[];
  /** OPTIONS round trip. */
  probeTrunk(trunkId: number): Promise<{ status: number; rttMs: number }>;
  isOnline(user: string): boolean;
  /** Phones of this user show it: voice messages that nobody has listened to, and the others. */
  messagesWaiting(user: string, waiting: WaitingMessages): void;
  /** Ends a phone's registration. */
  disconnectEndpoint(user: string): void;
  /** Live legs in no order, for the reconciler. A driver on another machine answers from the events it has told. */
  legs(): LegId[];
  health(): {
    media: { pid: number; legs: number; cpuPercent: number; alive: boolean; restarts: number }[];
    sip: string[];
    /** Of this process's own SIP stack, where the driver has one. */
    signalling?: SipCounts & { transactions: number };
  };
}
