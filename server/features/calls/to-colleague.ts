/**
 * Brings a colleague, or whom their forwarding names instead. A blind transfer follows it to a message as well; who asks
 * somebody is told that they cannot be asked.
 */
import { conflict } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { ForwardTarget } from "../../../shared/forwarding.ts";
import type { ActiveCall } from "./active-call.ts";
import type { InviteAgent } from "./invite-agent.ts";
import type { InviteNumber } from "./outside-party.ts";
import type { Purpose } from "./parties.ts";
import type { CallRunner } from "./runner.ts";
import type { Voicemail } from "./voicemail.ts";

const mostStops = 5;

/**
 * Errors (409): `colleague-away`, `do-not-disturb`, `colleague-diverted` (to their voicemail), those of `InviteAgent` and
 * `InviteNumber`.
 */
export type ToColleague = (call: ActiveCall, userId: number, purpose: Purpose) => Promise<void>;

export function createToColleague(deps: {
  agents: AgentRegistry;
  diversions: Diversions;
  runner: CallRunner;
  inviteAgent: InviteAgent;
  inviteNumber: InviteNumber;
  voicemail: Voicemail;
}): ToColleague {
  const { agents, diversions, runner, inviteAgent } = deps;

  async function follow(
    call: ActiveCall,
    to: ForwardTarget,
    { userId, purpose, because, stops }: { userId: number; purpose: Purpose; because: string; stops: number },
  ): Promise<void> {
    if (to.type === "voicemail" && purpose !== "replace")
      throw conflict("colleague-diverted", "They take messages only now.");
    runner.note(call, "forwarded", { data: { userId, because, to: to.type } });
    switch (to.type) {
      case "agent":
        return bring(call, to.userId, purpose, stops + 1);
      case "number":
        return void (await deps.inviteNumber(call, to.phone, purpose, { own: true }));
      case "voicemail":
        return deps.voicemail.send(call, { userId });
    }
  }

  async function bring(call: ActiveCall, userId: number, purpose: Purpose, stops: number): Promise<void> {
    const agent = agents.get(userId);
    const settings = await diversions.of(userId);
    const stop = await diversions.whereTo(userId, {
      present: agent?.legUp ?? false,
      onCall: agent !== undefined && agent.callId !== null,
    });
    if (call.core.state !== "talking" || call.core.endedBy) throw conflict("call-over", "The call is over.");
    if (!stop.ring && stop.to && stops < mostStops)
      return follow(call, stop.to, { userId, purpose, because: stop.because, stops });
    if (!stop.ring && stop.because === "do-not-disturb")
      throw conflict("do-not-disturb", "They do not want to be disturbed.");
    const to = purpose === "replace" ? settings.noAnswer : null;
    return inviteAgent.invite(
      call,
      userId,
      purpose,
      to
        ? {
            afterMs: settings.noAnswerSeconds * 1000,
            follow: () => follow(call, to, { userId, purpose, because: "no-answer", stops: stops + 1 }),
          }
        : undefined,
    );
  }

  return (call, userId, purpose) => bring(call, userId, purpose, 0);
}
