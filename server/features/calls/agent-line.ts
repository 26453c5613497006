/** What follows for a call when the line of an agent in it comes up or is lost: its owner's, or another party's. */
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import type { Effects } from "./effects.ts";
import { agentParty } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

export function agentLine(deps: {
  callOf: (userId: number) => ActiveCall | undefined;
  conversations: () => Conversations;
  runner: () => CallRunner;
  effects: () => Effects;
}): { onUp(userId: number): void; onDown(userId: number): void } {
  const inTalk = (userId: number): ActiveCall | undefined => {
    const call = deps.callOf(userId);
    return call && (call.core.state === "connecting" || call.core.state === "talking") ? call : undefined;
  };
  return {
    onUp(userId) {
      const call = inTalk(userId);
      if (!call) return;
      if (call.core.agentUserId !== userId)
        return deps.conversations().step(call, { type: "came", id: agentParty(userId) });
      deps.runner().note(call, "agent-back");
      deps.effects().join(call);
    },
    onDown(userId) {
      const call = inTalk(userId);
      if (!call) return;
      if (call.core.agentUserId !== userId)
        return deps.conversations().step(call, { type: "away", id: agentParty(userId) });
      deps.runner().note(call, "agent-leg-lost");
      deps.effects().park(call);
    },
  };
}
