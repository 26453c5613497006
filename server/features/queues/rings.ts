/** To whom callers are announced, and how long yet: who lets one ring too long has missed it. */
import type { Clock, Timer } from "../../kernel/clock.ts";

export interface Rings extends Disposable {
  start(userId: number, callerId: string, ms: number): void;
  /** Ends those of which this is no longer true. */
  keep(isAsked: (userId: number, callerId: string) => boolean): void;
  at(userId: number): string | undefined;
}

export function createRings(deps: {
  clock: Clock;
  missed: (userId: number, callerId: string) => void;
  changed: (callerId: string, userId: number, rings: boolean) => void;
}): Rings {
  const rings = new Map<number, { callerId: string; timer: Timer }>();

  function end(userId: number): void {
    const ring = rings.get(userId);
    if (!ring) return;
    ring.timer.cancel();
    rings.delete(userId);
    deps.changed(ring.callerId, userId, false);
  }

  return {
    start(userId, callerId, ms) {
      if (rings.get(userId)?.callerId === callerId) return;
      end(userId);
      const timer = deps.clock.after(ms, () => deps.missed(userId, callerId));
      rings.set(userId, { callerId, timer });
      deps.changed(callerId, userId, true);
    },
    keep(isAsked) {
      for (const [userId, { callerId }] of rings) if (!isAsked(userId, callerId)) end(userId);
    },
    at: (userId) => rings.get(userId)?.callerId,
    [Symbol.dispose]() {
      for (const { timer } of rings.values()) timer.cancel();
      rings.clear();
    },
  };
}
