import type { Timer } from "../../kernel/clock.ts";

/** What is known of one agent's leg; `agent-legs.ts` draws its life. */
export interface AgentLeg {
  readonly userId: number;
  readonly sipUser: string;
  /** A browser sends packets all the time, muted or not, so its silence means that it is lost. */
  readonly browser: boolean;
  /** The leg that carries the agent; `quiet` while nothing comes from it. */
  current: { legId: string; quiet: boolean } | null;
  /** The leg that is being called. */
  next: { legId: string; answered: boolean } | null;
  /** The next call. */
  again: Timer | null;
  /** The end of our patience with a leg that was answered and sends nothing. */
  settle: Timer | null;
  /** Calls since the leg was last up. */
  tries: number;
  /** ms; since when it has been wanted and not there. */
  missingSince: number;
}

export function newAgentLeg(userId: number, sipUser: string, browser: boolean, now: number): AgentLeg {
  const idle = { current: null, next: null, again: null, settle: null, tries: 0 };
  return { userId, sipUser, browser, ...idle, missingSince: now };
}

export const isUp = (leg: AgentLeg): boolean => leg.current?.quiet === false;

/** Pause before the call that follows `tries` vain ones: a quarter of a second, doubling, at most two. */
export const againAfterMs = (tries: number): number => Math.min(2_000, 250 * 2 ** Math.max(0, tries - 1));
