import type { Signal } from "../../server/media/tone-plans.ts";

/** What a called party does, step by step; after the last one it lets things go on as they are. */
export type Step =
  | { do: "wait"; ms: number }
  /** 180 Ringing. */
  | { do: "ring" }
  /** 183 with SDP; plays to the end, or rings back for ever with `loop`. */
  | { do: "early"; sound: Sound; loop?: boolean }
  | { do: "answer" }
  | { do: "play"; sound: Sound }
  /** Plays in a loop for so long. */
  | { do: "talk"; sound: Sound; ms: number }
  /** Sends back what it hears until the other side hangs up. */
  | { do: "echo" }
  /** Does nothing more until the other side gives up. */
  | { do: "stay" }
  | { do: "refuse"; status: number; q850?: number }
  /** Keys, by RFC 4733 where it was offered. */
  | { do: "press"; keys: string }
  | { do: "hangup" }
  /** From here on not a packet of sound goes out, and none is heard. */
  | { do: "no-audio" }
  /** From here on requests inside this call get no answer at all. */
  | { do: "vanish" };

/** A clip's name, steady tones, or a signal of the Chinese network (ITU-T E.180 Supplement 2). */
export type Sound = string | { tonesHz: number[] } | { signal: Signal };

export type Plan = readonly Step[];

/** Steady, so that early media is easy to prove. */
const ringback: Sound = { tonesHz: [450] };

/** Somebody who says hello, listens, presses keys after a while, and talks with whoever comes then. */
const listener = (listenMs: number, keys: string): Plan => [
  { do: "ring" },
  { do: "wait", ms: 1500 },
  { do: "answer" },
  { do: "wait", ms: 300 },
  { do: "play", sound: "hello-zh-1" },
  { do: "wait", ms: listenMs },
  { do: "press", keys },
  { do: "wait", ms: 8000 },
  { do: "talk", sound: "talk-zh", ms: 30_000 },
  { do: "hangup" },
];

export interface Suffix {
  suffix: string;
  meaning: string;
  plan: Plan;
}

/** The last two digits of a called number that force a behaviour; README.md shows this table. */
export const suffixes: readonly Suffix[] = [
  {
    suffix: "00",
    meaning: "rings 2 s, a person answers and talks for 60 s",
    plan: [
      { do: "ring" },
      { do: "wait", ms: 2000 },
      { do: "answer" },
      { do: "wait", ms: 300 },
      { do: "play", sound: "hello-zh-1" },
      { do: "talk", sound: "talk-zh", ms: 60_000 },
      { do: "hangup" },
    ],
  },
  {
    suffix: "01",
    meaning: "busy (486)",
    plan: [
      { do: "wait", ms: 300 },
      { do: "refuse", status: 486, q850: 17 },
    ],
  },
  { suffix: "02", meaning: "rings, nobody answers", plan: [{ do: "ring" }, { do: "stay" }] },
  {
    suffix: "03",
    meaning: "invalid number: announcement as early media, then 404",
    plan: [
      { do: "early", sound: "invalid" },
      { do: "refuse", status: 404, q850: 1 },
    ],
  },
  {
    suffix: "04",
    meaning: "rings 3 s, voicemail greeting and beep, listens 10 s",
    plan: [
      { do: "ring" },
      { do: "wait", ms: 3000 },
      { do: "answer" },
      { do: "play", sound: "voicemail-zh" },
      { do: "wait", ms: 10_000 },
      { do: "hangup" },
    ],
  },
  {
    suffix: "05",
    meaning: "answers at once and echoes",
    plan: [{ do: "answer" }, { do: "echo" }],
  },
  {
    suffix: "06",
    meaning: "ringback as early media for 2 s, then a person answers",
    plan: [
      { do: "early", sound: ringback, loop: true },
      { do: "wait", ms: 2000 },
      { do: "answer" },
      { do: "play", sound: "hello-en-1" },
      { do: "talk", sound: "talk-en", ms: 60_000 },
      { do: "hangup" },
    ],
  },
  { suffix: "07", meaning: "no circuit (503)", plan: [{ do: "refuse", status: 503, q850: 34 }] },
  {
    suffix: "08",
    meaning: "answers and hangs up at once",
    plan: [{ do: "ring" }, { do: "wait", ms: 500 }, { do: "answer" }, { do: "hangup" }],
  },
  {
    suffix: "11",
    meaning: "busy tone as early media, then 486 after 20 s",
    plan: [
      { do: "early", sound: { signal: "busy" }, loop: true },
      { do: "wait", ms: 20_000 },
      { do: "refuse", status: 486, q850: 17 },
    ],
  },
  {
    suffix: "12",
    meaning: "switched off: announcement as early media, then 480",
    plan: [
      { do: "early", sound: "off" },
      { do: "refuse", status: 480, q850: 20 },
    ],
  },
  {
    suffix: "13",
    meaning: "ringback in its national turns as early media, nobody answers",
    plan: [{ do: "early", sound: { signal: "ringback" }, loop: true }, { do: "stay" }],
  },
  { suffix: "14", meaning: "a person listens 5 s and presses 1", plan: listener(5000, "1") },
  { suffix: "15", meaning: "a person listens 7 s and presses 2", plan: listener(7000, "2") },
  { suffix: "16", meaning: "a person listens 4 s and presses 9", plan: listener(4000, "9") },
  {
    suffix: "17",
    meaning: "a person listens 3 s and hangs up",
    plan: [...listener(3000, "").slice(0, 6), { do: "hangup" }],
  },
  {
    suffix: "18",
    meaning: "a person says hello and listens to the end",
    plan: [...listener(0, "").slice(0, 5), { do: "stay" }],
  },
  {
    suffix: "09",
    meaning: "answers, then never answers BYE",
    plan: [{ do: "answer" }, { do: "vanish" }, { do: "talk", sound: "talk-zh", ms: 60_000 }],
  },
];

/** The forced plan of a number, if its last two digits name one. */
export function planBySuffix(number: string): Plan | undefined {
  return suffixes.find((entry) => number.endsWith(entry.suffix))?.plan;
}
