/** Ways to the places of the menu, with what is said on the way. Pure. */
import type { MenuEffect, MenuState, MenuStep, Place, Said } from "./menu.ts";

export const say = (...what: Said[]): MenuEffect => ({ type: "say", what });
export const stay = (state: MenuState): MenuStep => ({ state, effects: [] });
export const go = (state: MenuState, place: Place, ...effects: MenuEffect[]): MenuStep => ({
  state: { ...state, place },
  effects,
});

export function main(state: MenuState, ...first: Said[]): MenuStep {
  const fresh = state.messages.filter(({ heard }) => !heard).length;
  const counts: Said = { counts: { fresh, old: state.messages.length - fresh } };
  return go(state, { at: "main" }, say(...first, counts, state.inside ? "main-inside" : "main"));
}

export const bye = (state: MenuState, ...first: Said[]): MenuStep =>
  go(state, { at: "bye" }, say(...first, "goodbye"));

/** The message at `index` of the list, with who left it; at the end of the list the menu. */
export function listen(state: MenuState, ids: readonly string[], index: number, ...first: Said[]): MenuStep {
  const id = ids[index];
  if (id === undefined) return main(state, ...first, "no-more");
  const head: Said = { head: id, place: index + 1, of: ids.length };
  return go(state, { at: "messages", ids, index }, say(...first, head, { message: id }, "choices"));
}

/** Marked as listened to: it was played, whole or until a key. */
export function listened(state: MenuState, id: string | undefined): [MenuState, MenuEffect[]] {
  const found = state.messages.find((message) => message.id === id);
  if (!found || found.heard) return [state, []];
  const messages = state.messages.map((one) => (one === found ? { ...one, heard: true } : one));
  return [{ ...state, messages }, [{ type: "heard", id: found.id }]];
}
