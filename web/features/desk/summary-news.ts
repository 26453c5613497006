import type { DeskCall, DeskDraft } from "../../../shared/desk.ts";

type Listener = (call: DeskCall, summary: DeskDraft) => void;

const listeners = new Set<Listener>();

/** Tells of summaries that the server has as final, with the call as it was while they were written. Returns what stops it. */
export function onSummary(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellSummary(call: DeskCall, summary: DeskDraft): void {
  for (const listener of listeners) listener(call, summary);
}
