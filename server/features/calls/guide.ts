/** Who leads callers before anybody has them (`guided.ts`): what a guide hears of its call, and may do with it. */
import type { CallerStory } from "../../../shared/caller-story.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Sound } from "../../switch/switch.ts";
import type { Refusal } from "../queues/index.ts";
import type { BoxRef } from "../voicemail/index.ts";
import type { Patience } from "./utterance.ts";

/** A prompt that never ends must not hold a person on the line. */
export const longestSaidMs = 300_000;

/** To whom a guide sends its caller. */
export type GuideTarget =
  /**
   * A queue, which may refuse them; null: whoever is free. Nobody waits longer than `waitMs`; `unlessEmpty`: nor where
   * nobody of the queue is signed in.
   */
  | { kind: "line"; queueId: number | null; waitMs: number; unlessEmpty: boolean }
  | { kind: "agent"; userId: number }
  /** `own`: at any hour, as a company's calls that it sends on to itself. */
  | { kind: "number"; phone: string; own?: true };

/** What a guide does with its call; of a call that is over, nothing happens. */
export interface GuidedCall {
  readonly callId: string;
  /** Instead of what is said now. `over` when it was heard, or cannot be played; null: nothing is said. */
  say(sound: () => Promise<Sound | null>, over: () => void): void;
  /** What is said now is cut off; its `over` is not called. */
  hush(): void;
  /** One wait at a time; another takes its place. */
  wait(ms: number, run: () => void): void;
  /** Once for the call. */
  limit(ms: number, run: () => void): void;
  /** A line in the story of the call, null for none; `also` in the transaction that writes it. */
  note(type: string | null, data: Record<string, unknown>, also?: (tx: Tx) => Promise<void>): void;
  send(to: GuideTarget): void;
  voicemail(ref: BoxRef): void;
  /** A tone, then what the caller says; `over` with its id once it runs, null when it cannot. */
  record(over: (recordingId: string | null) => void): void;
  stopRecording(): void;
  /** What the caller says next, 8 kHz; empty: nothing. `over` is called unless `stopListening` is. */
  listen(patience: Patience, over: (said: Int16Array) => void): void;
  stopListening(): void;
  callback(afterMinutes: number): void;
  /** They have done something, or heard all of it: it counts as heard. */
  heard(): void;
  hangUp(): void;
}

export interface Guide {
  begin(call: GuidedCall): void;
  key(key: string): void;
  /** Nobody took them; `why`, where a queue says it. */
  back(why?: Refusal | "chosen"): void;
  taken(): void;
  /** The caller has gone, or the call is over. */
  left(): void;
  /** How the caller came here, for who takes the call; also when it is over. */
  story(): CallerStory;
}

/** A call that came in, before it is answered. */
export interface Arrival {
  /** To which the number leads. */
  flowId: number;
  callId: string;
  /** E.164 where it can be read. */
  phone: string;
  called: string;
  name: string;
  customerId: number | null;
  /** Their VIP level; 0 for who has none. */
  vip: number;
  /** Of the trunk by which they came, ISO 3166. */
  country: string;
}
export type GuideOf = (arrival: Arrival) => Promise<Guide | undefined>;

/** Of an `ActiveCall`. */
export interface Guidance {
  readonly guide: Guide;
  to: GuideTarget | null;
  /** What is said now; `over` of another turn is late. */
  turn: number;
  playing: { id: string; over: () => void } | null;
  /** Counts what is listened to, as `turn` does what is said. */
  listening: number;
  /** Why nobody took them. */
  why: Refusal | "chosen" | undefined;
  /** Somebody has them, or they are gone: the guide hears nothing more. */
  done: boolean;
}
export const newGuidance = (guide: Guide): Guidance => ({
  guide,
  to: null,
  turn: 0,
  playing: null,
  listening: 0,
  why: undefined,
  done: false,
});
