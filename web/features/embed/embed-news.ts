import type { EmbedCall, EmbedEvents, EmbedState } from "../../../shared/embed.ts";

type CallEvent = "pop" | "ringing" | "answered" | "changed" | "ended";
export interface CallNews {
  event: CallEvent;
  call: EmbedEvents[CallEvent];
}

/** A preview and the call that comes of it are one record on the screen. */
const sameRecord = (one: EmbedCall, other: EmbedCall) =>
  one.callId === other.callId || (one.callId === null && one.leadId === other.leadId);

function ofCall(before: EmbedCall | null, now: EmbedCall): CallEvent[] {
  const known = before && before.callId === now.callId ? before : null;
  const events: CallEvent[] = [];
  if (!before || !sameRecord(before, now)) events.push("pop");
  if (now.callId === null) return events;
  if (!known && !now.connectedAt && !now.endedAt) events.push("ringing");
  if (now.connectedAt && !known?.connectedAt) events.push("answered");
  const differs = (["onHold", "muted", "recording"] as const).some((key) => known && known[key] !== now[key]);
  if (differs && !now.endedAt) events.push("changed");
  if (now.endedAt && !known?.endedAt) events.push("ended");
  return events;
}

/**
 * What happened to calls between two states of the desk, in order. A call that is gone without its end having been seen
 * ends with what was last known. While the line to the server is down nothing happens.
 */
export function callNews(before: EmbedState, now: EmbedState): CallNews[] {
  if (now.state === "offline") return [];
  const { call } = now;
  const left = before.call;
  const isLeft = left && left.callId !== null && !left.endedAt && left.callId !== call?.callId;
  return [
    ...(isLeft ? [{ event: "ended" as const, call: left }] : []),
    ...(call ? ofCall(left, call).map((event) => ({ event, call })) : []),
  ];
}
