/** Calls that are not in front of an agent: parked, announced, put aside, waiting in a line. */
import { conflict, notFound } from "../../kernel/errors.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { CallRouting } from "./call-routing.ts";
import { awaitsAgent } from "./call-core.ts";
import type { Conversations } from "./conversations.ts";
import { endUnanswered, type InternalCalls, internalCause } from "./internal-calls.ts";
import { agentParty, findParty, ownerOf, type Party } from "./parties.ts";
import type { Personal } from "./personal.ts";
import type { CallRunner } from "./runner.ts";
import type { Transfer } from "./transfer.ts";
import type { TurnTo } from "./turn-to.ts";

export interface SideCalls {
  /** Puts the customer aside for anybody, at this lot or the first that is free; the lot. Errors: `slot-taken` 409. */
  park(userId: number, wanted?: number): number;
  retrieve(userId: number, slot: number): void;
  accept(userId: number, callId: string): void;
  decline(userId: number, callId: string): void;
  switchTo(userId: number, callId: string): void;
  pickUp(userId: number, callId: string): void;
  /** What rings at this colleague. Errors: `nothing-rings` 409. */
  pickUpFrom(userId: number, colleagueId: number): void;
  /** What has rung longest at a colleague of one's campaigns, or waits in their lines. Errors: `nothing-rings` 409. */
  pickUpGroup(userId: number): void;
}

const announcedTo = (call: ActiveCall): Party | undefined =>
  call.conversation.parties.find(({ kind, state }) => kind.type === "agent" && state === "invited");

/** It is for this person alone, and announced to them. */
const ringsAt = ({ personal, core }: ActiveCall, userId: number): boolean =>
  core.state === "waiting" && personal?.rings === true && personal.userId === userId;

/** At whom it rings; null: at nobody in particular. */
function ringsWhere(call: ActiveCall): number | null {
  if (call.core.state === "waiting" && call.personal?.rings) return call.personal.userId;
  const invited = call.core.state === "talking" ? announcedTo(call) : undefined;
  return invited?.kind.type === "agent" ? invited.kind.userId : null;
}

export function createSideCalls(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  conversations: Conversations;
  transfer: Transfer;
  /** A parked customer whom nobody retrieves for so long is back at who parked them. */
  parkMs: () => number;
  personal: Personal;
  turnTo: TurnTo;
  internal: Pick<InternalCalls, "accepted">;
  announce: (call: ActiveCall) => void;
  routing: () => Pick<CallRouting, "isFor" | "isRinging" | "accept" | "decline">;
}): SideCalls {
  const { agents, runner, conversations, turnTo } = deps;

  function demand(callId: string): ActiveCall {
    const call = runner.get(callId);
    if (!call) throw notFound("call", callId);
    return call;
  }

  /** The agent is there as a colleague; without an owner the call is theirs. */
  function comeIn(call: ActiveCall, userId: number, type: string): void {
    const kind = { type: "agent", userId } as const;
    conversations.step(
      call,
      { type: "bring", kind, role: "guest", state: "here" },
      { type, data: { userId } },
    );
    if (!ownerOf(call.conversation)) conversations.step(call, { type: "take-over", id: agentParty(userId) });
    deps.announce(call);
  }

  /** Takes the place of a colleague to whom it is announced. */
  function instead(call: ActiveCall, userId: number, invited: Party): void {
    turnTo(userId, call.id);
    if (ownerOf(call.conversation)) {
      conversations.step(call, { type: "gone", id: invited.id }, { type: "picked-up", data: { userId } });
      const kind = { type: "agent", userId } as const;
      const { purpose } = invited;
      return conversations.step(call, { type: "bring", kind, role: "guest", state: "here", purpose });
    }
    comeIn(call, userId, "picked-up");
    return conversations.step(call, { type: "gone", id: invited.id });
  }

  /** It waits for an agent, and this one has it. */
  function take(call: ActiveCall, userId: number, data: Record<string, unknown>): void {
    turnTo(userId, call.id);
    runner.clearTimer(call, "wait");
    runner.feed(call.id, { type: "agent-chosen", userId }, { data: { userId, ...data } });
  }

  function pickUp(userId: number, call: ActiveCall): void {
    const invited = announcedTo(call);
    if (invited && call.core.state === "talking") return instead(call, userId, invited);
    if (!awaitsAgent(call.core)) throw conflict("call-gone-elsewhere", "This call has gone elsewhere.");
    return take(call, userId, { pickedUp: true });
  }

  return {
    park(userId, wanted) {
      const callId = agents.get(userId)?.callId;
      const call = callId ? runner.get(callId) : undefined;
      if (!call || call.core.state !== "talking" || call.core.endedBy)
        throw conflict("no-call", "You are on no call.");
      if (call.core.agentUserId !== userId) throw conflict("not-your-call", "This call is a colleague's.");
      if (isInternal(call)) throw conflict("internal-call", "This is for calls with customers.");
      const taken = new Set(runner.all().map(({ slot }) => slot));
      if (wanted !== undefined && taken.has(wanted))
        throw conflict("slot-taken", `Somebody is parked at ${wanted}.`, { slot: wanted });
      let slot = wanted ?? 1;
      while (taken.has(slot)) slot++;
      call.slot = slot;
      call.returnTo = { userId, tried: false };
      call.givenBy = userId;
      runner.setTimer(call, "park", deps.parkMs(), () => {
        call.slot = null;
        deps.transfer.alone(call);
      });
      conversations.step(call, { type: "wait" }, { type: "parked", data: { slot, userId } });
      return slot;
    },
    retrieve(userId, slot) {
      const call = runner.all().find((parked) => parked.slot === slot);
      if (!call || call.core.state !== "talking" || call.core.endedBy)
        throw conflict("slot-empty", `Nobody is parked at ${slot}.`, { slot });
      turnTo(userId, call.id);
      runner.clearTimer(call, "park");
      call.slot = null;
      comeIn(call, userId, "retrieved");
    },
    accept(userId, callId) {
      const call = demand(callId);
      if (deps.routing().isRinging(callId, userId)) return deps.routing().accept(callId, userId);
      if (ringsAt(call, userId)) return take(call, userId, {});
      const id = agentParty(userId);
      if (findParty(call.conversation, id)?.state !== "invited")
        throw conflict("call-gone-elsewhere", "This call has gone elsewhere.");
      if (isInternal(call) && call.core.state === "ringing") {
        turnTo(userId, callId, internalCause);
        return deps.internal.accepted(call, userId);
      }
      turnTo(userId, callId);
      return conversations.step(call, { type: "came", id }, { type: "party-joined", data: { userId } });
    },
    decline(userId, callId) {
      const call = demand(callId);
      if (deps.routing().isRinging(callId, userId)) return deps.routing().decline(callId, userId);
      if (ringsAt(call, userId)) return deps.personal.decline(call);
      const id = agentParty(userId);
      if (findParty(call.conversation, id)?.state !== "invited") return undefined;
      if (isInternal(call) && call.core.state === "ringing")
        return endUnanswered(runner, call, "rejected", "party");
      return conversations.step(
        call,
        { type: "gone", id },
        { type: "party-failed", data: { userId, cause: "rejected" } },
      );
    },
    switchTo(userId, callId) {
      const call = demand(callId);
      const id = agentParty(userId);
      if (findParty(call.conversation, id)?.state !== "away")
        throw conflict("call-gone-elsewhere", "This call has gone elsewhere.");
      turnTo(userId, callId);
      conversations.step(call, { type: "came", id }, { type: "back-in-front", data: { userId } });
    },
    pickUp: (userId, callId) => pickUp(userId, demand(callId)),
    pickUpFrom(userId, colleagueId) {
      const call = runner.all().find((ringing) => ringsWhere(ringing) === colleagueId);
      if (!call) throw conflict("nothing-rings", "Nothing rings there.");
      pickUp(userId, call);
    },
    pickUpGroup(userId) {
      const agent = agents.get(userId);
      const [call] = runner
        .all()
        .filter((ringing) => {
          const where = ringsWhere(ringing);
          const waits = awaitsAgent(ringing.core) && ringing.slot === null && !ringing.personal;
          return (where === null ? waits : where !== userId) && agent && deps.routing().isFor(ringing, agent);
        })
        .sort((a, b) => a.since - b.since);
      if (!call) throw conflict("nothing-rings", "Nothing rings in your group.");
      pickUp(userId, call);
    },
  };
}
