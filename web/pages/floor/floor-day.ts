import type { LiveAgent } from "../../../shared/live.ts";

export interface DayNow {
  talks: number;
  talkMs: number;
  /** Talk and wrap-up of the time that was not paused; null: no time yet. */
  occupancy: number | null;
}

/** An agent's day up to `now` (ms): what the server told, and the state that goes on. */
export function dayNow({ state, today }: Pick<LiveAgent, "state" | "today">, now: number): DayNow {
  const running = Math.max(0, now - Date.parse(today.asOf));
  const ms = (of: number, ...states: LiveAgent["state"][]) => of + (states.includes(state) ? running : 0);
  const talkMs = ms(today.talkMs, "talking");
  const busy = talkMs + ms(today.wrapUpMs, "wrap-up");
  const all = busy + ms(today.readyMs, "ready", "preview", "ringing");
  return { talks: today.talks, talkMs, occupancy: all > 0 ? busy / all : null };
}
