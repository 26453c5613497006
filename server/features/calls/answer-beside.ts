/**
 * Who answered, found out while an agent has the call already. What is no person is told to the agent's desk, and taken
 * from the agent where the campaign says so or the agent does; from then on it is sorted like any other machine. People
 * notice nothing of it.
 *
 *   listening ── human, or no verdict in time ─────────────────────────▶ over: the talk goes on
 *      └──────── no person ──▶ suspected ──┬── taken back ─────────────▶ sorting (`answer-sorting.ts`)
 *                                          └── the agent leaves a message ──▶ beep ──▶ message
 */
import { conflict } from "../../kernel/errors.ts";
import type { AnswerVerdict } from "../../switch/switch.ts";
import type { ActiveCall } from "./active-call.ts";
import { learnFromAgent } from "./answered-by.ts";
import type { NoPerson } from "./call-core.ts";
import type { CallView } from "./events.ts";
import type { Conversations } from "./conversations.ts";
import { agentParty, ownerOf } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

export interface BesideSorting {
  /** What a verdict means for a talk. True: no agent has the call any more, and it is to be sorted. */
  judged(call: ActiveCall, verdict: AnswerVerdict): boolean;
  /**
   * The agent lets go of a machine, which is to hear the campaign's message. Errors (409): `no-message-to-leave`, where
   * the campaign has none or somebody else takes part.
   */
  release(call: ActiveCall, userId: number): void;
}

/** The campaign has a message for machines, and this may be one. */
export const mayLeaveMessage = (call: CallView): boolean =>
  call.sorting !== null && call.plan.campaign?.answering.machinePromptId != null && mayTakeBack(call);

/** Nobody takes part but the customer and the agent whose call it is. */
function mayTakeBack({ core, conversation }: CallView): boolean {
  return (
    core.state === "talking" && core.endedBy === null && !core.talked && conversation.parties.length === 2
  );
}

export function createBesideSorting(deps: {
  runner: () => CallRunner;
  conversations: () => Conversations;
  now: () => number;
}): BesideSorting {
  const { runner, conversations } = deps;

  /** The agent is free in this tick; `userId`: who said so, null: nobody but us. */
  function takeBack(call: ActiveCall, outcome: NoPerson, userId: number | null): boolean {
    const owner = ownerOf(call.conversation);
    if (!mayTakeBack(call) || owner?.kind.type !== "agent") return false;
    const from = owner.kind.userId;
    const isTaken = runner().feed(
      call.id,
      { type: "taken-back", outcome },
      {
        data: { outcome, userId: from, by: userId === null ? "system" : "agent" },
        ...(userId !== null && {
          also: (tx) => learnFromAgent(tx, call, { truth: outcome, userId }, deps.now()),
        }),
      },
    );
    if (isTaken) conversations().step(call, { type: "gone", id: agentParty(from) });
    return isTaken;
  }

  return {
    judged(call, verdict) {
      const { sorting } = call;
      if (verdict.class === "human" || !sorting || call.core.state !== "talking") return false;
      sorting.suspect = verdict.class;
      runner().changed(call);
      const { takeBack: isWanted, onMachine } = call.plan.campaign!.answering;
      if (!isWanted || onMachine === "agent" || !verdict.isFirst || sorting.sampled) return false;
      return takeBack(call, verdict.class, null);
    },
    release(call, userId) {
      if (!mayLeaveMessage(call) || call.core.agentUserId !== userId || !takeBack(call, "machine", userId))
        throw conflict("no-message-to-leave", "There is no message to leave on this call.");
    },
  };
}
