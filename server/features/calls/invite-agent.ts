/** Brings a colleague to a conversation: at once when they are ready, else the call is announced to them. */
import type { Clock, Timer } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { Conversations } from "./conversations.ts";
import { agentParty, findParty, type Purpose } from "./parties.ts";
import type { CallRunner } from "./runner.ts";
import { connectTone } from "./sounds.ts";

/** ITU-T E.180: a call waits; heard over the talk, three times. */
export const waitingTone: Sound = {
  tones: [{ frequenciesHz: [425], levelDbm0: -18, onMs: 200, offMs: 600 }],
};
/** An announced call that nobody answers for so long goes elsewhere. */
export const announceMs = 30_000;

export interface InviteAgent extends Disposable {
  /** Errors (409): `colleague-away` when they are not signed in or without a line; what `parties.ts` refuses. */
  invite(call: ActiveCall, userId: number, purpose: Purpose, unanswered?: Unanswered): void;
}

/** How long it is announced, and what is done before they are out. */
export interface Unanswered {
  afterMs: number;
  follow(): Promise<void>;
}

export function createInviteAgent(deps: {
  switch: Pick<Switch, "play">;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: CallRunner;
  conversations: Conversations;
  clock: Clock;
  log: Log;
}): InviteAgent {
  const { agents, conversations, clock, log } = deps;
  const timers = new Set<Timer>();

  function tone(userId: number, sound: Sound, repeat: number): void {
    const legId = deps.legs().legOf(userId);
    if (legId === undefined) return;
    deps.switch.play(legId, sound, { repeat, overRoomDb: 0 }).catch((error: unknown) => {
      log.warn({ err: error, userId }, "the tone for the agent could not be played");
    });
  }

  function announce(call: ActiveCall, userId: number, unanswered: Unanswered | undefined): void {
    tone(userId, waitingTone, 3);
    const timer = clock.after(unanswered?.afterMs ?? announceMs, () => {
      timers.delete(timer);
      const id = agentParty(userId);
      const live = deps.runner.get(call.id);
      const isInvited = () => live && findParty(live.conversation, id)?.state === "invited";
      const goes = () => {
        if (!live || !isInvited()) return;
        conversations.step(
          live,
          { type: "gone", id },
          { type: "party-failed", data: { userId, cause: "no-answer" } },
        );
      };
      if (!isInvited() || !unanswered) return goes();
      unanswered
        .follow()
        .catch((error: unknown) => log.warn({ err: error, userId }, "an unanswered call was not forwarded"))
        .finally(goes);
    });
    timers.add(timer);
  }

  return {
    invite(call, userId, purpose, unanswered) {
      const agent = agents.get(userId);
      if (!agent?.legUp) throw conflict("colleague-away", "They are not at their desk.");
      if (findParty(call.conversation, agentParty(userId)))
        throw conflict("party-already-here", "They are in this call.");
      const atOnce = agent.state === "ready" && agents.feed(userId, { type: "assign", callId: call.id }).ok;
      try {
        conversations.step(
          call,
          {
            type: "bring",
            kind: { type: "agent", userId },
            role: "guest",
            state: atOnce ? "here" : "invited",
            purpose,
          },
          { type: atOnce ? "party-joined" : "party-invited", data: { userId, purpose } },
        );
      } catch (error) {
        if (atOnce) agents.feed(userId, { type: "call-ended", callId: call.id, wrapUp: false });
        throw error;
      }
      if (atOnce) tone(userId, connectTone, 1);
      else announce(call, userId, unanswered);
      // A blind transfer: who is there already has the call.
      if (atOnce && purpose === "replace")
        conversations.step(call, { type: "take-over", id: agentParty(userId) });
    },
    [Symbol.dispose]() {
      for (const timer of timers) timer.cancel();
    },
  };
}
