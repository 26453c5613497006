/**
 * A state machine as a table: for every state, for every event, the next state and what to do. The type
 * makes it total; an event that means nothing in a state is written `ignore`.
 */
export type StateTable<S extends string, E extends string, A extends string> = Readonly<
  Record<S, Readonly<Record<E, Step<S, A> | "ignore">>>
>;

export type Step<S extends string, A extends string> = readonly [next: S, ...actions: A[]];
