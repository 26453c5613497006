import type { DeskCommand, DeskCommandBody } from "../../../shared/desk.ts";

type Listener = <C extends DeskCommand>(command: C, body: DeskCommandBody<C>) => void;

const listeners = new Set<Listener>();

/** Tells of commands that the server has carried out for this desk. Returns what stops it. */
export function onDeskCommand(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellDeskCommand<C extends DeskCommand>(command: C, body: DeskCommandBody<C>): void {
  for (const listener of listeners) listener(command, body);
}
