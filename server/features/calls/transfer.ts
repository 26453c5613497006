/**
 * What becomes of a customer who is sent on, and of one who has nobody left: back to who sent them, else into the line
 * of the call's campaign, else told goodbye. Every way has an end.
 */
import type { TransferTarget } from "../../../shared/call-control.ts";
import { notFound } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { QueueKey, Queues } from "../queues/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import type { InviteAgent } from "./invite-agent.ts";
import type { InviteNumber } from "./outside-party.ts";
import { agentParty, findParty } from "./parties.ts";
import type { CallRunner } from "./runner.ts";
import type { ToColleague } from "./to-colleague.ts";
import type { Voicemail } from "./voicemail.ts";

/** Longer than somebody whom we called waits, for a person has spoken with them. */
const lineWaitMs = 120_000;

export interface Transfer {
  /** Blind: `userId` is free as soon as the target is known to be possible. */
  send(call: ActiveCall, userId: number, target: TransferTarget): Promise<void>;
  /** The customer of a talk has nobody. */
  alone(call: ActiveCall): void;
}

export function createTransfer(deps: {
  agents: AgentRegistry;
  queues: Pick<Queues, "queue">;
  runner: () => CallRunner;
  conversations: () => Conversations;
  inviteAgent: () => InviteAgent;
  inviteNumber: () => InviteNumber;
  toColleague: () => ToColleague;
  voicemail: () => Voicemail;
  boxExists: (boxId: number) => Promise<boolean>;
}): Transfer {
  const { agents, runner } = deps;

  function toQueue(call: ActiveCall, queueId: QueueKey, data: Record<string, unknown>): void {
    call.queueOf = queueId;
    call.waitMs = lineWaitMs;
    deps.conversations().step(call, { type: "wait" }, { type: "queued-again", data });
    runner().feed(call.id, { type: "queued" });
  }

  const toCampaign = (call: ActiveCall, campaignId: number) =>
    toQueue(call, `campaign-${campaignId}`, { campaignId });

  function leave(call: ActiveCall, userId: number): void {
    const id = agentParty(userId);
    if (findParty(call.conversation, id)) deps.conversations().step(call, { type: "gone", id });
  }

  return {
    async send(call, userId, target) {
      call.returnTo = { userId, tried: false };
      call.givenBy = userId;
      switch (target.type) {
        case "agent":
          await deps.toColleague()(call, target.userId, "replace");
          return leave(call, userId);
        case "voicemail":
          return deps.voicemail().send(call, { userId: target.userId });
        case "voicemail-box":
          if (!(await deps.boxExists(target.boxId))) throw notFound("voicemail box", target.boxId);
          return deps.voicemail().send(call, { boxId: target.boxId });
        case "queue":
          if (target.campaignId !== undefined) return toCampaign(call, target.campaignId);
          if (!deps.queues.queue(target.queueId!)) throw notFound("queue", target.queueId);
          return toQueue(call, target.queueId!, { queueId: target.queueId });
        case "number": {
          // The gate says no while the agent still has the customer.
          await deps.inviteNumber()(call, target.phone, "replace");
          return leave(call, userId);
        }
      }
    },
    alone(call) {
      if (call.core.state !== "talking" || call.core.endedBy) return;
      const { returnTo } = call;
      // Who was brought to them has gone again.
      if (!returnTo) return void runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
      if (!returnTo.tried && agents.get(returnTo.userId)?.legUp) {
        call.returnTo = { ...returnTo, tried: true };
        runner().note(call, "returned", { data: { userId: returnTo.userId } });
        return deps.inviteAgent().invite(call, returnTo.userId, "replace");
      }
      call.returnTo = null;
      if (call.plan.campaign) return toCampaign(call, call.plan.campaign.id);
      runner().feed(call.id, { type: "agent-lost" });
    },
  };
}
