/**
 * What an agent hears of a number that they dialled themselves, or consult: ringback while it rings, then why it came
 * to nothing, in the tones of the company's country.
 */
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { CallView } from "./events.ts";
import { findParty, outsideParty } from "./parties.ts";

/** Rounds of busy or congestion tone; then the agent knows. */
const rounds = 4;
/** The customer is back by then. */
const roundsOverTalk = 2;

export function playAgentTones(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  legOf: (userId: number) => string | undefined;
  country: () => string;
  get: (callId: string) => CallView | undefined;
  events: EventBus;
  log: Log;
}): () => void {
  const { events, log } = deps;
  const waiting = new Map<string, number>();
  const ringing = new Map<string, { legId: string; playbackId: Promise<string> }>();

  /** Who waits for the number to answer; of a consultation, who asks. */
  function waits({ id, core, plan }: CallView): number | null {
    if (plan.forCallId === undefined) return plan.agentUserId === null ? null : core.agentUserId;
    const talk = deps.get(plan.forCallId);
    const invited = talk && findParty(talk.conversation, outsideParty(id));
    return invited?.purpose === "consult" ? talk!.core.agentUserId : null;
  }

  function play(
    call: CallView,
    userId: number,
    signal: "ringback" | "busy" | "congestion",
    repeat: number | "forever",
  ) {
    const legId = deps.legOf(userId);
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

  // ITU-T E.180 has no tone for this: two short bursts, as a telephone that rings.
  const ring: Sound = { tones: [{ frequenciesHz: [440, 480], levelDbm0: -18, onMs: 400, offMs: 300 }] };
  const stopRinging = events.on("agent.ring", ({ userId }) => {
    const legId = deps.legOf(userId);
    if (legId === undefined) return;
    deps.switch.play(legId, ring, { repeat: 3, overRoomDb: 0 }).catch((error: unknown) => {
      log.debug({ err: error, userId }, "no ring for the agent");
    });
  });
  const stopTones = events.on("call.changed", ({ call, from }) => {
    const { state, outcome } = call.core;
    if (call.plan.direction === "inbound" || state === from) return;
    if (state === "dialling") {
      const userId = waits(call);
      if (userId !== null) waiting.set(call.id, userId);
    }
    const userId = waiting.get(call.id);
    if (userId === undefined) return;
    if (state === "ringing") {
      const playing = play(call, userId, "ringback", "forever");
      if (playing) ringing.set(call.id, playing);
    }
    if (state === "dialling" || state === "ringing") return;
    waiting.delete(call.id);
    stop(call.id);
    if (state !== "closed" || (from !== "ringing" && from !== "dialling")) return;
    const times = call.plan.forCallId === undefined ? rounds : roundsOverTalk;
    if (outcome === "busy") play(call, userId, "busy", times);
    else if (outcome !== null && outcome !== "cancelled" && outcome !== "refused")
      play(call, userId, "congestion", times);
  });
  return () => {
    stopRinging();
    stopTones();
  };
}
