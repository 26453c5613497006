/** What `machine.ts` is made of: its state, what it hears and what it asks for. */
import type { CalendarBook } from "../calendars.ts";
import type { Language } from "../common.ts";
import type { Speech } from "./block-parts.ts";
import type { BlockOf } from "./blocks.ts";
import type { IvrDocument } from "./flow.ts";

/** A published flow as a call walks it. */
export interface RunningFlow {
  flowId: number;
  versionId: number;
  document: IvrDocument;
}
/** Flows by id, for sub-flows. */
export type FlowLibrary = ReadonlyMap<number, RunningFlow>;

export type IvrPhase =
  | "idle"
  | "saying"
  | "asking"
  | "waiting"
  | "listening"
  | "recording"
  | "working"
  | "away"
  | "parting"
  | "over";

/**
 * `done`: to an end of the flow; `left`: hung up; `taken`: a person or a mailbox has them. The rest end a flow that cannot
 * go on: too long, too many blocks in which nobody did anything, an exit that leads nowhere, a fault outside.
 */
export type IvrEnd = "done" | "left" | "taken" | "time" | "circle" | "no-exit" | "fault";

export interface Frame extends RunningFlow {
  blockId: string;
}

export interface IvrState {
  phase: IvrPhase;
  library: FlowLibrary;
  /** The flow, and those whose part it is, the outermost first. */
  frames: readonly Frame[];
  language: Language;
  /** What callers say can be understood; not any more once it could not. */
  hears: boolean;
  /** Days of holiday calendars that are not as their weekday says. */
  calendars?: CalendarBook | undefined;
  /** Values by name, the system's included. */
  variables: Readonly<Record<string, string>>;
  /** Names of those that are never written down or spoken. */
  secrets: readonly string[];
  /** What is played, waited for or done elsewhere; what ends with another turn is late. */
  turn: number;
  /** How often the block's question was asked. */
  asked: number;
  /** Keyed so far. */
  digits: string;
  /** Keyed before it was asked for. */
  ahead: readonly string[];
  /** Blocks entered since somebody did something. */
  silent: number;
  awaySince: number;
  startedAt: number;
  ended: IvrEnd | null;
}

export type IvrEvent =
  | { type: "begin" }
  | { type: "key"; key: string }
  | { type: "said"; turn: number }
  | { type: "timeout"; turn: number }
  /** What was to be recorded cannot be. */
  | { type: "record-failed"; turn: number }
  /** What they said, as it was understood; empty: nothing was said. */
  | { type: "heard"; turn: number; text: string }
  /** Nobody can tell what they said. */
  | { type: "unheard"; turn: number }
  /** A question to somebody else's service was answered, or was not. */
  | { type: "worked"; turn: number; exit: string; set?: Readonly<Record<string, string>> }
  /** Nobody took them: they are back; `exit`: why, where there is more than one reason. */
  | { type: "back"; turn: number; exit?: string }
  /** Somebody, or a mailbox, has them. */
  | { type: "taken" }
  | { type: "overtime" }
  | { type: "left" }
  | { type: "failed" };

/** What somebody else does; a script is somebody else's as well. */
export type WorkBlock = BlockOf<"http" | "sql" | "script" | "verify" | "message">;
/** To whom a caller goes. */
export type HandOver = BlockOf<"queue" | "agent" | "voicemail"> | { kind: "number"; phone: string };

export type IvrEffect =
  | { type: "say"; speeches: Speech[]; language: Language; turn: number }
  | { type: "stop" }
  | { type: "wait"; ms: number; turn: number }
  /** To the end of what they say: silence after it, or `longestMs`; `waitMs`: for its beginning. */
  | { type: "listen"; waitMs: number; longestMs: number; language: Language; turn: number }
  | { type: "stop-listening" }
  | { type: "record"; maxMs: number; turn: number }
  | { type: "stop-recording" }
  | { type: "hand-over"; to: HandOver; turn: number }
  /** `state.variables` is what it is asked with. `speech` is said meanwhile. */
  | { type: "work"; block: WorkBlock; turn: number }
  /** Digits that somebody else's service knows, or does not; `tries` of them. */
  | { type: "verified"; what: string; ok: boolean; tries: number }
  | { type: "callback"; afterMinutes: number }
  | { type: "rated"; score: number; scale: number }
  | { type: "hang-up" }
  /** For the story of the call and the figures of the flow. */
  | { type: "entered"; flowId: number; versionId: number; blockId: string }
  | { type: "exited"; flowId: number; versionId: number; blockId: string; exit: string }
  | { type: "pressed"; key: string; label: string }
  /** `text`: what was understood of it; `label` is empty where it was none of the choices. */
  | { type: "spoken"; text: string; label: string }
  /** `digits` is empty for a secret. */
  | { type: "collected"; variable: string; digits: string; count: number };

export type Moved = { state: IvrState; effects: IvrEffect[] };
export type IvrStep = Moved | { noted: string };

/** Blocks without anything done by anybody, one after the other. */
export const mostSilent = 50;
export const deepestFlow = 5;
/** Keys in advance that are remembered. */
export const mostAhead = 32;
/** Who was away so long has waited for somebody. */
export const waitedMs = 2000;
