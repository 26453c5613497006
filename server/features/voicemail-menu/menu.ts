/** The words of the menu: where somebody stands, what happens, what is done, what is said. */
export interface MenuMessage {
  id: string;
  heard: boolean;
}

/** Fixed words, by their sound file. */
export const clips = [
  "called-out",
  "ask-box",
  "ask-pin",
  "wrong",
  "main",
  "main-inside",
  "no-messages",
  "no-more",
  "choices",
  "help",
  "deleted",
  "saved",
  "ask-forward",
  "forwarded",
  "no-such-box",
  "calling-back",
  "no-call-back",
  "greeting",
  "no-greeting",
  "record",
  "too-short",
  "review",
  "greeting-kept",
  "greeting-deleted",
  "failed",
  "goodbye",
] as const;
export type Clip = (typeof clips)[number];

/** What is played, in order. */
export type Said =
  | Clip
  | { counts: { fresh: number; old: number } }
  /** Its place in the list from 1, who left it and when. */
  | { head: string; place: number; of: number }
  | { message: string }
  | { greeting: "own" | "recorded" }
  | "tone";

export type Place =
  | { at: "box"; digits: string }
  /** `known`: the box was not asked for. */
  | { at: "pin"; box: string; known: boolean; digits: string }
  | { at: "checking"; box: string; known: boolean }
  | { at: "main" }
  /** `ids` stays what it was when the list was chosen; those that are gone are skipped. */
  | { at: "messages"; ids: readonly string[]; index: number }
  | { at: "forwarding"; ids: readonly string[]; index: number; digits: string }
  | { at: "greeting" }
  /** `begun`: after the tone. */
  | { at: "recording"; begun: boolean }
  | { at: "stopping" }
  | { at: "review" }
  /** Something is being done. */
  | { at: "working"; next: Place }
  | { at: "bye" };

export interface MenuState {
  place: Place;
  /** At a telephone of ours: their boxes open without a PIN. */
  inside: boolean;
  /** Keyed while a PIN is checked or a recording ends: meant for what comes then. */
  ahead: string;
  /** PINs of this call that were wrong. */
  wrong: number;
  /** Times that nothing was keyed. */
  quiet: number;
  messages: readonly MenuMessage[];
  hasGreeting: boolean;
}

export type MenuEvent =
  | { type: "key"; key: string }
  /** All of what was to be said was heard. */
  | { type: "said" }
  /** Nothing was keyed for a while after it. */
  | { type: "quiet" }
  /** The box and what is in it, the newest message last. */
  | { type: "opened"; messages: readonly MenuMessage[]; hasGreeting: boolean }
  | { type: "refused"; locked: boolean }
  /** What the last effect asked for, and whether it was done. */
  | { type: "done"; ok: boolean; said?: Clip }
  /** The greeting stands; `ok`: it is long enough. */
  | { type: "recorded"; ok: boolean };

export type MenuEffect =
  /** Stops what is being played. */
  | { type: "say"; what: readonly Said[] }
  /** A `quiet` is due. */
  | { type: "wait" }
  /** Answered by `opened` or `refused`. */
  | { type: "check"; box: string; pin: string | null }
  | { type: "heard"; id: string }
  /** These are answered by `done`. */
  | { type: "delete"; id: string }
  | { type: "forward"; id: string; to: string }
  | { type: "call-back"; id: string }
  | { type: "keep-greeting" }
  | { type: "delete-greeting" }
  | { type: "record" }
  /** Answered by `recorded`. */
  | { type: "stop-recording" }
  | { type: "hang-up" };

export interface MenuStep {
  state: MenuState;
  effects: readonly MenuEffect[];
}

/** So many wrong PINs end a call. */
export const mostWrong = 3;

export const empty = { inside: false, ahead: "", wrong: 0, quiet: 0, messages: [], hasGreeting: false };
