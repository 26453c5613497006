/** The tone that an agent hears while a caller of a queue is announced to them. */
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import { waitingTone } from "./invite-agent.ts";

export interface QueueTones {
  ring(userId: number, on: boolean): void;
}

export function createQueueTones(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  legOf: (userId: number) => string | undefined;
  log: Log;
}): QueueTones {
  const ringing = new Map<number, { legId: string; playing: Promise<string | undefined> }>();
  return {
    ring(userId, on) {
      const before = ringing.get(userId);
      ringing.delete(userId);
      void before?.playing.then((id) => id !== undefined && deps.switch.stopPlayback(before.legId, id));
      const legId = deps.legOf(userId);
      if (!on || legId === undefined) return;
      const playing = deps.switch
        .play(legId, waitingTone, { repeat: "forever", overRoomDb: 0 })
        .catch((error: unknown) => {
          deps.log.warn({ err: error, userId }, "the tone for the agent could not be played");
          return undefined;
        });
      ringing.set(userId, { legId, playing });
    },
  };
}
