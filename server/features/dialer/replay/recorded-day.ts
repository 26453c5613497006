/** A past day of a campaign as its calls and agents tell it, in seconds from its first dial. */
import type { ReplayFigures, ReplayWindow } from "../../../../shared/replay.ts";
import { seededRandom } from "../../../kernel/random.ts";
import type { LeadFate } from "../simulator/leads.ts";

export interface RecordedCall {
  dialledAt: number;
  /** A person answered then; null: nobody did. */
  answeredAt: number | null;
  /** They met an agent then. */
  connectedAt: number | null;
  endedAt: number;
  wrapEndedAt: number | null;
  abandoned: boolean;
  kind: LeadFate["kind"];
}

/** An agent was there, at work for this campaign, or free for it. */
export interface Presence {
  from: number;
  to: number;
}

export interface RecordedDay {
  /** ms since the epoch of second 0. */
  start: number;
  seconds: number;
  calls: RecordedCall[];
  presence: Presence[];
}

export const windowSeconds = 1800;

/** Seconds of the span that lie in each window. */
export function spread(windows: number[], from: number, to: number): void {
  for (let at = Math.max(0, from); at < to;) {
    const window = Math.floor(at / windowSeconds);
    if (window >= windows.length) return;
    const next = Math.min(to, (window + 1) * windowSeconds);
    windows[window]! += next - at;
    at = next;
  }
}

/** What is added up, window by window. */
export interface Sums {
  dials: number[];
  answers: number[];
  abandons: number[];
  talks: number[];
  waited: number[];
  busy: number[];
  present: number[];
}

export function emptySums(seconds: number): Sums {
  const zeros = () => Array.from({ length: Math.max(1, Math.ceil(seconds / windowSeconds)) }, () => 0);
  return {
    dials: zeros(),
    answers: zeros(),
    abandons: zeros(),
    talks: zeros(),
    waited: zeros(),
    busy: zeros(),
    present: zeros(),
  };
}

export function addAt(windows: number[], second: number, n = 1): void {
  windows[Math.min(windows.length - 1, Math.max(0, Math.floor(second / windowSeconds)))]! += n;
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);

function figuresOf(sums: Sums, of: (windows: number[]) => number, seconds: number): ReplayFigures {
  const [answers, abandons, talks] = [of(sums.answers), of(sums.abandons), of(sums.talks)];
  return {
    dials: of(sums.dials),
    answers,
    abandons,
    occupancyPct: Math.min(100, share(of(sums.busy), of(sums.present))),
    abandonPct: share(abandons, answers),
    waitSeconds: talks === 0 ? 0 : of(sums.waited) / talks,
    talks,
    agents: of(sums.present) / seconds,
  };
}

const total = (windows: number[]) => windows.reduce((sum, n) => sum + n, 0);

export const totalOf = (sums: Sums, seconds: number) => figuresOf(sums, total, seconds);

export const windowsOf = (sums: Sums, seconds: number): ReplayWindow[] =>
  sums.dials.map((_, i) => ({
    second: i * windowSeconds,
    ...figuresOf(sums, (windows) => windows[i]!, Math.min(windowSeconds, seconds - i * windowSeconds)),
  }));

/** The day as it was. */
export function sumsOf(day: RecordedDay): Sums {
  const sums = emptySums(day.seconds);
  for (const call of day.calls) {
    addAt(sums.dials, call.dialledAt);
    if (call.answeredAt !== null) addAt(sums.answers, call.answeredAt);
    if (call.abandoned) addAt(sums.abandons, call.answeredAt ?? call.endedAt);
    if (call.connectedAt === null) continue;
    addAt(sums.talks, call.connectedAt);
    addAt(sums.waited, call.connectedAt, Math.max(0, call.connectedAt - call.answeredAt!));
    spread(sums.busy, call.connectedAt, call.wrapEndedAt ?? call.endedAt);
  }
  for (const { from, to } of day.presence) spread(sums.present, from, to);
  return sums;
}

/** How many agents were there, by second. */
export function staffingOf(presence: readonly Presence[]): (second: number) => number {
  const changes = presence
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const times: number[] = [];
  const counts: number[] = [];
  let count = 0;
  for (const { at, by } of changes) {
    count += by;
    times.push(at);
    counts.push(count);
  }
  return (second) => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= second) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : counts[low - 1]!;
  };
}

/** A half hour with fewer calls of its own lends those of the whole day. */
const fewCalls = 20;

function shuffled<T>(items: readonly T[], random: { next(): number }): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/**
 * What calls dialled in a half hour do: each call of that half hour once, in an order that the seed shuffles; then, as more
 * are dialled than were, calls of it again, drawn by chance. Somebody who answered and met no agent talks and wraps up as
 * another who did.
 */
export function fatesOf(day: RecordedDay, seed: number): { fate(now: number): LeadFate; drawn(): number } {
  const random = seededRandom(seed);
  const talks = day.calls.filter((call) => call.connectedAt !== null);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random.next() * items.length)]!;
  const durations = (call: RecordedCall) => {
    const like = call.connectedAt !== null || talks.length === 0 ? call : pick(talks);
    const talkSeconds = Math.max(1, like.endedAt - (like.connectedAt ?? like.endedAt - 60));
    return { talkSeconds, wrapSeconds: Math.max(0, (like.wrapEndedAt ?? like.endedAt) - like.endedAt) };
  };
  const fateOf = (call: RecordedCall): LeadFate => ({
    kind: call.kind,
    afterSeconds:
      call.kind === "ringout" ? Infinity : Math.max(0.1, (call.answeredAt ?? call.endedAt) - call.dialledAt),
    ...durations(call),
  });
  const windows = Array.from({ length: Math.max(1, Math.ceil(day.seconds / windowSeconds)) }, (_, i) => {
    const own = day.calls.filter((call) => Math.floor(call.dialledAt / windowSeconds) === i);
    return { own, left: shuffled(own, random) };
  });
  let drawn = 0;
  return {
    fate(now) {
      const window = windows[Math.min(windows.length - 1, Math.floor(now / windowSeconds))]!;
      const next = window.left.pop();
      if (next) return fateOf(next);
      drawn++;
      return fateOf(pick(window.own.length >= fewCalls ? window.own : day.calls));
    },
    drawn: () => drawn,
  };
}
