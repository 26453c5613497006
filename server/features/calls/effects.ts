/** What the machine's effects do: on the wire at once, in the step's transaction, or after it. */
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Cause, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { CallRouting } from "./call-routing.ts";
import type { AnswerSorting } from "./answer-sorting.ts";
import type { CallEffect } from "./call-core.ts";
import type { Conversations } from "./conversations.ts";
import { finishCall, meetCustomer } from "./finish-call.ts";
import { endUnanswered, internalCause } from "./internal-calls.ts";
import type { Messages } from "./messages.ts";
import { learnFromTalk } from "./answered-by.ts";
import type { CallRunner, EffectRunner } from "./runner.ts";
import type { Talk } from "./talk.ts";
import { type CallSounds, connectTone } from "./sounds.ts";

/**
 * The tone waits for the customer's first packet, which is relayed at once; a tone played before has the room
 * mixed, and the first packet then waits 30 ms in the jitter buffer (median 63 ms against 34 ms from the answer).
 */
const toneAtLatestMs = 250;
/** A message that never ends must not hold a person on the line. */
const longestGoodbyeMs = 20_000;

export interface Effects extends EffectRunner {
  /** Brings customer and agent together, or parks the customer until the agent's leg is up. */
  join(call: ActiveCall): void;
  park(call: ActiveCall): void;
  /** Tells an agent by a tone that a customer is there. */
  announce(call: ActiveCall): void;
  /** The customer is heard: the tone may follow. */
  heard(call: ActiveCall): void;
  /** The message to the customer has been heard: we hang up. */
  goodbyeOver(call: ActiveCall): void;
}

export function createEffects(deps: {
  switch: Switch;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  routing: () => CallRouting;
  messages: () => Messages;
  sorting: () => AnswerSorting;
  /** What a closed call taught is committed. */
  learned: (call: ActiveCall) => void;
  conversations: () => Conversations;
  talkBegins: (call: ActiveCall) => void;
  talk: () => Pick<Talk, "personal" | "voicemail" | "guided">;
  runner: () => CallRunner;
  sounds: CallSounds;
  /** How long a customer waits with music for an agent whose leg is lost. */
  agentLostMs: () => number;
  clock: Clock;
  log: Log;
}): Effects {
  const { agents, legs, routing, runner, clock, log } = deps;

  function park(call: ActiveCall): void {
    const userId = call.core.agentUserId;
    if (call.core.endedBy || userId === null) return;
    const waitMs = deps.agentLostMs();
    call.agentAwayUntil = clock.now() + waitMs;
    runner().setTimer(call, "agent-leg", waitMs, () => runner().feed(call.id, { type: "agent-lost" }));
    deps.conversations().owner(call, userId, false);
  }

  function tone(call: ActiveCall): void {
    runner().clearTimer(call, "tone");
    const userId = call.core.agentUserId;
    const agentLeg = userId === null ? undefined : legs().legOf(userId);
    if (agentLeg === undefined) return;
    deps.switch.play(agentLeg, connectTone, { overRoomDb: 0 }).catch((error: unknown) => {
      log.warn({ err: error, callId: call.id }, "the tone for the agent could not be played");
    });
  }

  const announce = (call: ActiveCall) => runner().setTimer(call, "tone", toneAtLatestMs, () => tone(call));

  function join(call: ActiveCall): void {
    // Who has been told goodbye is not put through any more.
    if (call.core.endedBy) return;
    const userId = call.core.agentUserId;
    const agentLeg = userId === null ? undefined : legs().legOf(userId);
    if (userId === null || agentLeg === undefined) return park(call);
    call.agentAwayUntil = null;
    runner().clearTimer(call, "agent-leg");
    deps.messages().unqueue(call);
    deps.conversations().owner(call, userId, true);
    announce(call);
    if (call.core.state === "connecting") runner().feed(call.id, { type: "joined" });
  }

  const goodbyeOver = (call: ActiveCall) =>
    deps.switch.hangup(call.legId, call.core.state === "waiting" ? "normal" : "media-lost");

  function apologise(call: ActiveCall): void {
    if (isInternal(call)) return endUnanswered(runner(), call, "media-lost", "us");
    const { direction, campaign } = call.plan;
    if (call.core.state === "waiting" && direction === "outbound" && campaign && !call.core.talked)
      return deps.messages().abandoned(call);
    runner().setTimer(call, "goodbye", longestGoodbyeMs, () => goodbyeOver(call));
    deps.switch.play(call.legId, deps.sounds.goodbye(call)).then(
      (playbackId) => (call.goodbye = playbackId),
      (error: unknown) => {
        log.error({ err: error, callId: call.id }, "the goodbye could not be played");
        goodbyeOver(call);
      },
    );
  }

  function hangUpLeg(call: ActiveCall, cause: Cause): void {
    if (!isInternal(call)) return deps.switch.hangup(call.legId, cause);
    // The lines of those who are in it stay up.
    if (call.core.state !== "closed") endUnanswered(runner(), call, cause, "us");
  }

  function releaseAgent(call: ActiveCall, event: "connected" | "call-failed" | "call-ended"): void {
    const userId = call.core.agentUserId;
    const agent = userId === null ? undefined : agents.get(userId);
    if (userId === null || !agent || agent.callId !== call.id) return;
    const { id: callId } = call;
    if (event === "connected") {
      if (agent.state === "ringing")
        agents.feed(userId, { type: "connected", callId }, isInternal(call) ? internalCause : undefined);
      return;
    }
    if (event === "call-ended" && deps.conversations().backToOther(userId, callId)) return;
    if (event === "call-failed" && agent.state === "ringing")
      agents.feed(userId, { type: "call-failed", callId });
    else
      agents.feed(userId, {
        type: "call-ended",
        callId,
        wrapUp: call.core.state === "wrap-up" && !call.core.written,
      });
  }

  function startWrapUp(call: ActiveCall): void {
    const userId = call.core.agentUserId;
    const limitMs = call.plan.campaign?.wrapUpLimitMs ?? 0;
    const over = () => runner().feed(call.id, { type: "wrap-limit" });
    if (userId === null || agents.get(userId)?.callId !== call.id)
      return runner().setTimer(call, "wrap-up", 0, over);
    if (limitMs === 0) return;
    call.wrapUpUntil = clock.now() + limitMs;
    runner().setTimer(call, "wrap-up", limitMs, over);
  }

  return {
    join,
    park,
    announce,
    goodbyeOver,
    heard(call) {
      if (call.timers.has("tone")) tone(call);
    },
    now(call, effect) {
      switch (effect.type) {
        case "message":
          if (effect.event === "begin")
            return call.guidance ? deps.talk().guided.begin(call) : deps.messages().begin(call);
          deps.messages().unqueue(call);
          if (call.guidance) return deps.talk().guided.returned(call);
          return void deps.messages().feed(call, { type: "no-agent" });
        case "queue":
          return deps.messages().queue(call, call.plan.campaign?.abandonment.queueMs ?? 0);
        case "voicemail":
          return deps.talk().voicemail.begin(call);
        case "route":
          if (deps.talk().guided.route(call)) return;
          if (call.plan.asksVoicemail || call.plan.tellsOfBox !== undefined)
            return deps.talk().voicemail.ask(call);
          if (call.plan.voicemail !== undefined && !call.core.talked)
            return deps.talk().voicemail.send(call, call.plan.voicemail);
          if (call.plan.personalUserId !== undefined && !call.core.talked)
            return deps.talk().personal.send(call, call.plan.personalUserId);
          if (call.core.talked) return routing().route(call);
          return deps.conversations().bridge(call) || deps.sorting().begin(call)
            ? undefined
            : routing().route(call);
        case "join":
          return join(call);
        case "apologise":
          return apologise(call);
        case "hang-up-leg":
          return hangUpLeg(call, effect.cause);
        case "withdraw-leg":
          return deps.switch.withdraw(call.legId);
        case "start-wrap-up":
          return startWrapUp(call);
        case "agent":
          if (effect.event === "connected") {
            deps.messages().feed(call, { type: "connected" });
            deps.talkBegins(call);
          }
          if (effect.event !== "wrap-up-over") releaseAgent(call, effect.event);
          return;
        case "originate": // The door does it, when the call stands in the database.
        case "finish":
          return;
      }
    },
    also(call, effect): ((tx: Tx) => Promise<void>) | undefined {
      if (effect.type === "finish")
        return async (tx) => {
          await finishCall(tx, call, clock.now());
          await learnFromTalk(tx, call, clock.now());
        };
      if (effect.type === "agent" && effect.event === "connected") return (tx) => meetCustomer(tx, call);
      return undefined;
    },
    after(call, effect: CallEffect) {
      if (effect.type === "finish") return () => deps.learned(call);
      if (effect.type !== "agent" || effect.event !== "wrap-up-over") return undefined;
      return () => {
        const userId = call.core.agentUserId;
        if (userId !== null && agents.get(userId)?.callId === call.id)
          agents.feed(userId, { type: "wrap-up-over", callId: call.id });
      };
    },
  };
}
