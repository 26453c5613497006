/**
 * What an agent hears of a number they dialled themselves: ringback while it rings, then why it came to nothing, in the
 * tones of the company's country.
 */
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { CallView } from "./events.ts";

/** Rounds of busy or congestion tone; then the agent knows. */
const rounds = 4;

export function playAgentTones(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  legOf: (userId: number) => string | undefined;
  country: () => string;
  events: EventBus;
  log: Log;
}): () => void {
  const { events, log } = deps;
  const ringing = new Map<string, { legId: string; playbackId: Promise<string> }>();

  function play(call: CallView, signal: "ringback" | "busy" | "congestion", repeat: number | "forever") {
    const legId = call.core.agentUserId === null ? undefined : deps.legOf(call.core.agentUserId);
    if (legId === undefined) return undefined;
    const sound: Sound = { signal, country: deps.country() };
    const playbackId = deps.switch.play(legId, sound, { repeat, overRoomDb: 0 });
    playbackId.catch((error: unknown) => log.debug({ err: error, callId: call.id }, "no tone for the agent"));
    return { legId, playbackId };
  }

  function stop(callId: string): void {
    const playing = ringing.get(callId);
    ringing.delete(callId);
    playing?.playbackId.then(
      (playbackId) => deps.switch.stopPlayback(playing.legId, playbackId),
      () => undefined,
    );
  }

  return events.on("call.changed", ({ call, from }) => {
    const { state, outcome } = call.core;
    if (call.plan.direction !== "outbound" || call.plan.agentUserId === null || state === from) return;
    if (state === "ringing") {
      const playing = play(call, "ringback", "forever");
      if (playing) ringing.set(call.id, playing);
      return;
    }
    stop(call.id);
    if (state !== "closed" || (from !== "ringing" && from !== "dialling")) return;
    if (outcome === "busy") play(call, "busy", rounds);
    else if (outcome !== null && outcome !== "cancelled" && outcome !== "refused")
      play(call, "congestion", rounds);
  });
}
