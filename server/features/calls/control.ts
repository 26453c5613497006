/** What an agent does with who takes part in their call. What does not fit is refused with a code for the desk. */
import type { PartyTarget, TransferTarget } from "../../../shared/call-control.ts";
import { conflict } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import type { InviteNumber } from "./outside-party.ts";
import { agentParty, findParty, type Party, type Purpose } from "./parties.ts";
import type { CallRunner } from "./runner.ts";
import type { ToColleague } from "./to-colleague.ts";
import type { Transfer } from "./transfer.ts";

export interface CallControl {
  transfer(userId: number, target: TransferTarget): Promise<void>;
  consult(userId: number, target: PartyTarget): Promise<void>;
  /** Ends a consultation: whoever was asked has the customer. */
  complete(userId: number): void;
  swap(userId: number): void;
  merge(userId: number): void;
  add(userId: number, target: PartyTarget): Promise<void>;
  drop(userId: number, partyId: string): void;
  holdParty(userId: number, partyId: string, on: boolean): void;
  leave(userId: number): void;
}

export function createControl(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  conversations: Conversations;
  toColleague: ToColleague;
  inviteNumber: InviteNumber;
  transfer: Transfer;
}): CallControl {
  const { agents, runner, conversations } = deps;

  /** The talk that an agent is in, and their part in it. */
  function demandParty(userId: number): { call: ActiveCall; own: Party } {
    const callId = agents.get(userId)?.callId;
    const call = callId ? runner.get(callId) : undefined;
    const own = call && findParty(call.conversation, agentParty(userId));
    if (!call || !own) throw conflict("no-call", "You are on no call.");
    if (call.core.state !== "talking" || call.core.endedBy)
      throw conflict("call-not-in-state", `The call is ${call.core.state}.`, { state: call.core.state });
    return { call, own };
  }

  function demandOwn(userId: number): ActiveCall {
    const { call, own } = demandParty(userId);
    if (own.role !== "owner") throw conflict("not-your-call", "This call is a colleague's.");
    return call;
  }

  async function bring(call: ActiveCall, target: PartyTarget, purpose: Purpose): Promise<void> {
    if (target.type === "agent") await deps.toColleague(call, target.userId, purpose);
    else await deps.inviteNumber(call, target.phone, purpose);
  }

  function goes(call: ActiveCall, id: string, data: Record<string, unknown>): void {
    conversations.step(call, { type: "gone", id }, { type: "party-left", data });
  }

  return {
    async transfer(userId, target) {
      const call = demandOwn(userId);
      if (isInternal(call) && (target.type === "queue" || target.type === "voicemail"))
        throw conflict("internal-call", "This is for calls with customers.");
      return deps.transfer.send(call, userId, target);
    },
    consult: (userId, target) => bring(demandOwn(userId), target, "consult"),
    add: (userId, target) => bring(demandOwn(userId), target, "conference"),
    complete(userId) {
      const call = demandOwn(userId);
      if (call.conversation.consultId === null) throw conflict("no-consult", "No consultation is under way.");
      call.returnTo = { userId, tried: false };
      const { consultId } = call.conversation;
      conversations.step(
        call,
        { type: "gone", id: agentParty(userId) },
        { type: "transferred", data: { consultId } },
      );
    },
    swap(userId) {
      conversations.step(demandOwn(userId), { type: "swap" }, { type: "swapped" });
    },
    merge(userId) {
      conversations.step(demandOwn(userId), { type: "merge" }, { type: "merged" });
    },
    drop(userId, partyId) {
      const call = demandOwn(userId);
      const party = findParty(call.conversation, partyId);
      if (!party) throw conflict("party-unknown", "They are not in this call.");
      if (party.role !== "guest")
        throw conflict("party-not-dropped", "Only who was brought in can be dropped.");
      goes(call, partyId, { id: partyId, by: userId });
    },
    holdParty(userId, partyId, on) {
      const call = demandOwn(userId);
      conversations.step(
        call,
        { type: "hold", id: partyId, on },
        { type: on ? "held" : "resumed", data: { id: partyId } },
      );
    },
    leave(userId) {
      const { call, own } = demandParty(userId);
      const others = call.conversation.parties.filter(
        ({ id, role, state }) => id !== own.id && role === "guest" && state !== "invited",
      );
      if (own.role === "owner" && others.length === 0)
        throw conflict("nobody-else-here", "Nobody else is here: hang up, or transfer the call.");
      goes(call, own.id, { userId });
    },
  };
}
