import type { CallDetail } from "../../../shared/calls.ts";

/** A note at its moment of a recording. Times are ms from the recording's beginning. */
export interface Moment {
  id: number;
  atMs: number;
  text: string;
}
/** A stretch in which the recording is silent; `toMs` null: to its end. */
export interface Masked {
  id: number;
  fromMs: number;
  toMs: number | null;
}

type Called = Pick<CallDetail, "events">;
type Recorded = Pick<CallDetail["recordings"][number], "startedAt" | "durationMs">;

/** What agents noted while this recording ran, in order, and where it was masked. */
export function momentsOf({ events }: Called, { startedAt, durationMs }: Recorded) {
  const begun = Date.parse(startedAt);
  const moments: Moment[] = [];
  const masked: Masked[] = [];
  for (const { id, type, at, data } of events) {
    const atMs = Date.parse(at) - begun;
    if (atMs < 0 || (durationMs !== null && atMs > durationMs)) continue;
    const { text } = data;
    if (type === "note" && typeof text === "string") moments.push({ id, atMs, text });
    if (type === "recording-paused") masked.push({ id, fromMs: atMs, toMs: null });
    const open = masked.at(-1);
    if (type === "recording-resumed" && open?.toMs === null) open.toMs = atMs;
  }
  return { moments, masked };
}
