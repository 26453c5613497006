/** What is told of agents' telephones and played to them, for whoever knows what their keys mean (`feature-codes`). */
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch, SwitchEvent } from "../../switch/switch.ts";
import { type AgentRegistry, userOfSip } from "../agents/index.ts";
import { affinityOf } from "./affinity.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { agentParty, findParty } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

export type Answer = "done" | "refused" | "attention";

const beep = (hz: number, onMs: number): Sound => ({
  tones: [{ frequenciesHz: [hz], levelDbm0: -16, onMs, offMs: 100 }],
});
const answers: Record<Answer, { sound: Sound; repeat: number }> = {
  done: { sound: beep(1050, 100), repeat: 2 },
  refused: { sound: beep(350, 300), repeat: 3 },
  attention: { sound: beep(1050, 300), repeat: 3 },
};
/** A phone that dialled a code hears the answer and is hung up. */
const longestAnswerMs = 2500;

export interface AgentKeys {
  /** Heard by this agent alone. */
  tell(userId: number, answer: Answer): void;
  /** While they key a code nobody hears their line. */
  shield(userId: number, on: boolean): void;
  /** The keys go to the other side after all. */
  passOn(userId: number, keys: string): void;
  /** Ends the call of a phone that dialled a code. */
  answerPhone(legId: string, answer: Answer): Promise<void>;
}

export function createAgentKeys(deps: {
  switch: Pick<Switch, "play" | "mute" | "sendDtmf" | "answer" | "hangup">;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: CallRunner;
  after: (ms: number, run: () => void) => void;
  events: EventBus;
  log: Log;
}): AgentKeys & {
  /** False: it is no agent's. */
  pressed: (event: SwitchEvent & { type: "leg-dtmf" }) => boolean;
  /** A phone of ours calls by itself; false: it is nobody's. */
  dialled: (event: SwitchEvent & { type: "leg-incoming" }) => boolean;
} {
  const { agents, runner, log } = deps;
  const callOf = (userId: number) => {
    const callId = agents.get(userId)?.callId;
    return callId ? runner.get(callId) : undefined;
  };
  const quiet = (error: unknown) => log.debug({ err: error }, "no answer for the agent's keys");

  return {
    pressed({ legId, digit }) {
      const userId = deps.legs().userOf(legId);
      if (userId === undefined) return false;
      deps.events.publish("agent.key", { userId, key: digit });
      return true;
    },
    dialled({ user, to, legId }) {
      const userId = user === undefined ? undefined : userOfSip(user);
      if (userId === undefined || !to.startsWith("*")) return false;
      deps.events.publish("phone.dialled", { userId, legId, dialled: to.replaceAll("%23", "#") });
      return true;
    },
    tell(userId, answer) {
      const legId = deps.legs().legOf(userId);
      const { sound, repeat } = answers[answer];
      if (legId !== undefined) deps.switch.play(legId, sound, { repeat, overRoomDb: 0 }).catch(quiet);
    },
    shield(userId, on) {
      const legId = deps.legs().legOf(userId);
      if (legId === undefined) return;
      const call = callOf(userId);
      const muted = call ? findParty(call.conversation, agentParty(userId))?.muted : false;
      deps.switch.mute(legId, on || muted === true);
    },
    passOn(userId, keys) {
      const call = callOf(userId);
      if (keys !== "" && call?.core.state === "talking" && call.core.agentUserId === userId)
        deps.switch.sendDtmf(call.legId, keys);
    },
    async answerPhone(legId, answer) {
      await deps.switch.answer(legId, affinityOf(undefined));
      const { sound, repeat } = answers[answer];
      deps.switch.play(legId, sound, { repeat }).catch(quiet);
      deps.after(longestAnswerMs, () => deps.switch.hangup(legId, "normal"));
    },
  };
}
