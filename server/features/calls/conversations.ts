/**
 * Runs the parties of every open call (`parties.ts`): a step in memory, its sound on the wire in the same tick, a line in
 * the call's events, and what follows for agents and for calls that were placed to bring somebody.
 */
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import {
  agentParty,
  findParty,
  isHeld,
  outsideParty,
  ownerOf,
  type Party,
  type PartyEffect,
  type PartyEvent,
  type PartyKind,
  partyStep,
} from "./parties.ts";
import { applySound } from "./parties-apply.ts";
import type { CallRunner } from "./runner.ts";

type Untimed<E> = E extends unknown ? Omit<E, "at"> : never;
export type PartyCommand = Untimed<PartyEvent>;

export interface Line {
  type: string;
  data?: Record<string, unknown>;
}

export interface Conversations extends Disposable {
  /** One step; `line` goes into the call's events. Refusals are conflicts with the machine's code. */
  step(call: ActiveCall, event: PartyCommand, line?: Line): void;
  /** The agent of a call is there, or away; `isUp`: their leg is. */
  owner(call: ActiveCall, userId: number, isUp: boolean): void;
  /** Legs have changed: the switch is told again who hears whom. */
  refresh(call: ActiveCall): void;
  /** Of everybody who is there or on hold. */
  legsIn(call: ActiveCall): string[];
  /** A call that was placed for another's conversation is answered; false when it is none. */
  bridge(call: ActiveCall): boolean;
  /** False when they had put no other call aside. */
  backToOther(userId: number, callId: string): boolean;
}

/** One of the two of an internal call has gone before its end. */
const isDeserted = (call: ActiveCall): boolean =>
  isInternal(call) &&
  call.core.state === "talking" &&
  !call.core.endedBy &&
  call.conversation.parties.length === 0;

export function createConversations(deps: {
  switch: Switch;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: () => CallRunner;
  holdMusic: () => Sound;
  /** The customer of a talk has nobody left. */
  empty: (call: ActiveCall) => unknown;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Conversations {
  const { agents, legs, runner, clock, log } = deps;

  function legOf(call: ActiveCall, kind: PartyKind): string | undefined {
    if (kind.type === "customer") return call.legUp ? call.legId : undefined;
    if (kind.type === "outside") return runner().get(kind.callId)?.legId;
    // Who is on another call has no leg for this one.
    return agents.get(kind.userId)?.callId === call.id ? legs().legOf(kind.userId) : undefined;
  }

  const refresh = (call: ActiveCall) =>
    applySound({ switch: deps.switch, legOf, holdMusic: deps.holdMusic }, call);

  /** An agent who is done with a call is back on the one that they had put aside. */
  function backToOther(userId: number, callId: string): boolean {
    const id = agentParty(userId);
    const isAside = (call: ActiveCall) =>
      call.id !== callId &&
      call.core.state === "talking" &&
      findParty(call.conversation, id)?.state === "away";
    const other = runner().all().find(isAside);
    if (!other || !agents.feed(userId, { type: "switch", callId: other.id }).ok) return false;
    if (legs().legOf(userId) !== undefined) step(other, { type: "came", id });
    return true;
  }

  const isTakenBack = (callId: string) => {
    const core = runner().get(callId)?.core;
    return core?.state === "waiting" && core.outcome !== null;
  };

  function freeAgent(userId: number, callId: string): void {
    if (agents.get(userId)?.callId !== callId) return;
    legs().leaveRoom(userId);
    if (backToOther(userId, callId)) return;
    agents.feed(
      userId,
      { type: "call-ended", callId, wrapUp: false },
      isTakenBack(callId) ? "no-person" : "left-call",
    );
  }

  function dismiss(call: ActiveCall, { kind }: Party): void {
    if (kind.type === "agent") freeAgent(kind.userId, call.id);
    else if (kind.type === "outside")
      runner().feed(kind.callId, { type: "hang-up", by: "system", cause: "normal" });
  }

  function run(call: ActiveCall, effect: PartyEffect): void {
    switch (effect.type) {
      case "dismiss":
        return dismiss(call, effect.party);
      case "owner": {
        call.returnTo = null;
        const data = { from: call.core.agentUserId, to: effect.userId };
        runner().feed(call.id, { type: "handed-on", userId: effect.userId }, { data });
        return;
      }
      case "empty":
        return void deps.empty(call);
    }
  }

  function step(call: ActiveCall, event: PartyCommand, line?: Line): void {
    const next = partyStep(call.conversation, { ...event, at: clock.now() });
    if ("refused" in next) {
      log.warn({ callId: call.id, event: event.type, code: next.refused }, "party event refused");
      throw conflict(next.refused, "This does not fit the call as it is now.", { event: event.type });
    }
    call.conversation = next.conversation;
    if (line) runner().note(call, line.type, { data: line.data });
    refresh(call);
    for (const effect of next.effects) run(call, effect);
    if (isDeserted(call)) runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
    runner().changed(call);
  }

  /** The call is over: everybody is let go; what its owner does next is the call's own effect. */
  function dissolve(call: ActiveCall): void {
    if (call.conversation.parties.length === 0) return;
    const owner = ownerOf(call.conversation);
    const others = call.conversation.parties.filter(
      (party) => party !== owner && party.kind.type !== "customer",
    );
    call.conversation = { parties: [], consultId: null };
    refresh(call);
    if (owner?.kind.type === "agent" && agents.get(owner.kind.userId)?.callId === call.id)
      legs().leaveRoom(owner.kind.userId);
    for (const party of others) dismiss(call, party);
  }

  /** A call that was placed for a conversation has ended, before it came or after. */
  function outsideEnded(target: ActiveCall): void {
    const call = target.plan.forCallId === undefined ? undefined : runner().get(target.plan.forCallId);
    const id = outsideParty(target.id);
    if (!call || !findParty(call.conversation, id)) return;
    const data = { callId: target.id, cause: target.cause, outcome: target.core.outcome };
    step(call, { type: "gone", id }, { type: target.connectedAt ? "party-left" : "party-failed", data });
  }

  const stop = deps.events.on("call.changed", ({ call: { id, core }, from }) => {
    if (core.state === from || (core.state !== "closed" && core.state !== "wrap-up")) return;
    const call = runner().get(id);
    if (!call) return;
    dissolve(call);
    outsideEnded(call);
  });

  return {
    step,
    refresh,
    legsIn: (call) =>
      call.conversation.parties.flatMap(({ kind, state }) =>
        state === "here" || state === "held" ? (legOf(call, kind) ?? []) : [],
      ),
    backToOther,
    owner(call, userId, isUp) {
      const id = agentParty(userId);
      const found = findParty(call.conversation, id);
      if (found) return step(call, { type: isUp ? "came" : "away", id });
      const kind = { type: "agent", userId } as const;
      return step(call, { type: "bring", kind, role: "owner", state: isUp ? "here" : "away" });
    },
    bridge(target) {
      if (target.plan.forCallId === undefined) return false;
      const call = runner().get(target.plan.forCallId);
      const id = outsideParty(target.id);
      const invited = call && findParty(call.conversation, id);
      // Forwarded to a number before anybody spoke with them.
      if (call?.core.state === "waiting" && !call.core.endedBy && invited)
        runner().feed(call.id, { type: "bridged" }, { data: { callId: target.id } });
      if (call?.core.state !== "talking" || call.core.endedBy || !invited) {
        runner().feed(target.id, { type: "hang-up", by: "system", cause: "normal" });
        return true;
      }
      call.returnTo = null;
      runner().feed(target.id, { type: "bridged" }, { data: { callId: call.id } });
      step(
        call,
        { type: "came", id },
        {
          type: invited.purpose === "replace" ? "transferred" : "party-joined",
          data: { callId: target.id, onHold: isHeld(call.conversation) },
        },
      );
      return true;
    },
    [Symbol.dispose]: stop,
  };
}
