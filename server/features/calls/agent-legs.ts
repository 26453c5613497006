/**
 * The agents' own legs. An agent's leg is up for as long as they are signed in, alone in a room of theirs, so
 * that a customer joins by one entry in a matrix. A leg that ends or falls silent while it is wanted (a reload, a
 * lost network, a laptop asleep) is called again, and the fresh leg takes the place of the old one when it is heard.
 *
 *   `next`      none ── originate ──▶ calling ── answered, and of a browser the first packet ──▶ it is `current`
 *                 ▲                      │
 *                 └───── leg-ended ──────┘  again after a pause, or at once on "online"
 *
 *   `current`   none ──────▶ up ── leg-silent ──▶ quiet ── leg-flowing ──▶ up
 *                 ▲           │                     │
 *                 └─ leg-ended┴─────────────────────┘   a quiet leg has a `next` after `freshAfterMs`
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch, SwitchEvent } from "../../switch/switch.ts";
import { type AgentRegistry, browserUser } from "../agents/index.ts";
import { affinityOf } from "./affinity.ts";
import { type AgentLeg, againAfterMs, isUp, newAgentLeg } from "./agent-leg.ts";

export interface AgentLegs extends AsyncDisposable {
  /** The agent's leg if it is up. */
  legOf(userId: number): string | undefined;
  userOf(legId: string): number | undefined;
  /** `being-called`: a call to it is under way, or comes soon. */
  lineOf(userId: number): "up" | "being-called" | "none";
  /** Of all legs that carry an agent or are being called. */
  legIds(): string[];
  /** The agent goes on with another leg, which takes this one's place; false when it is not their leg. */
  moveLeg(legId: string, to: string): boolean;
  /** Out of any call: the agent's leg by itself. */
  leaveRoom(userId: number): void;
  onSwitchEvent(event: SwitchEvent): void;
}

/** Phones ring until somebody picks up; a browser answers by itself or not at all. */
const ringTimeoutMs = { browser: 8_000, phone: 30_000 };
/** From a browser's answer to its first packet: ICE and DTLS. */
const settleMs = 8_000;
/** A silence so long after it was told is no gap of Wi-Fi: a fresh leg is worth a try. */
const freshAfterMs = 1_500;
/** An agent whose browser or phone has been away for so long is not at work. */
const goneMs = 5 * 60_000;

const roomOf = (userId: number) => `desk-${userId}`;

export function createAgentLegs(deps: {
  switch: Switch;
  agents: AgentRegistry;
  clock: Clock;
  events: EventBus;
  log: Log;
  onUp: (userId: number) => void;
  onDown: (userId: number) => void;
}): AgentLegs {
  const { agents, clock, events, log } = deps;
  const legs = new Map<number, AgentLeg>();
  const byLegId = new Map<string, AgentLeg>();

  function again(leg: AgentLeg, afterMs: number): void {
    leg.again?.cancel();
    leg.again = clock.after(afterMs, () => call(leg));
  }

  function call(leg: AgentLeg): void {
    leg.again?.cancel();
    leg.again = null;
    if (leg.next || isUp(leg) || legs.get(leg.userId) !== leg) return;
    if (clock.now() - leg.missingSince > goneMs && agents.get(leg.userId)?.state === "connecting") {
      agents.feed(leg.userId, { type: "sign-out" }, "phone-gone");
      return;
    }
    // Who comes online is called at once; this is for what no event tells.
    if (!deps.switch.isOnline(leg.sipUser)) return again(leg, againAfterMs(Infinity));
    const legId = `a-${newId(clock.now())}`;
    leg.next = { legId, answered: false };
    leg.tries++;
    byLegId.set(legId, leg);
    deps.switch.originate({
      legId,
      destination: { kind: "endpoint", user: leg.sipUser },
      ringTimeoutMs: ringTimeoutMs[leg.browser ? "browser" : "phone"],
      affinity: affinityOf(agents.get(leg.userId)?.campaignIds[0]),
      autoAnswer: true,
      callerName: "Waihu",
    });
  }

  function want(userId: number, sipUser: string): void {
    const found = legs.get(userId);
    // A leg that went quiet may come back by itself; its time is running.
    if (found && found.sipUser === sipUser) return found.current ? undefined : call(found);
    const leg = newAgentLeg(userId, sipUser, sipUser === browserUser(userId), clock.now());
    legs.set(userId, leg);
    call(leg);
  }

  /** Nothing that the switch still tells about this leg is news. */
  function forget(legId: string | undefined): void {
    if (legId === undefined) return;
    byLegId.delete(legId);
    deps.switch.hangup(legId);
  }

  function dropNext(leg: AgentLeg): void {
    const { next } = leg;
    leg.settle?.cancel();
    leg.next = leg.settle = null;
    forget(next?.legId);
  }

  function end(leg: AgentLeg): void {
    legs.delete(leg.userId);
    leg.again?.cancel();
    dropNext(leg);
    forget(leg.current?.legId);
  }

  function unwanted(userId: number): void {
    const leg = legs.get(userId);
    if (!leg) return;
    const wasUp = isUp(leg);
    end(leg);
    // Who changed headsets is still at work: the loss asks for the leg of the new one.
    if (wasUp && agents.get(userId)) down(leg, "headset-changed");
  }

  function down(leg: AgentLeg, cause: string): void {
    leg.missingSince = clock.now();
    log.info({ userId: leg.userId, cause }, "agent leg down");
    deps.onDown(leg.userId);
    agents.feed(leg.userId, { type: "leg-down" }, cause);
  }

  function up(leg: AgentLeg): void {
    leg.again?.cancel();
    leg.again = null;
    leg.tries = 0;
    log.info({ userId: leg.userId, awayMs: clock.now() - leg.missingSince }, "agent leg up");
    agents.feed(leg.userId, { type: "leg-up" });
    deps.onUp(leg.userId);
  }

  /** The leg under way is heard: it takes the place of whatever was there. */
  function promote(leg: AgentLeg): void {
    const { legId } = leg.next!;
    const old = leg.current;
    leg.settle?.cancel();
    leg.settle = leg.next = null;
    leg.current = { legId, quiet: false };
    forget(old?.legId);
    deps.switch.setRoom(roomOf(leg.userId), [{ legId, role: "talk" }]);
    up(leg);
  }

  function answered(leg: AgentLeg): void {
    leg.next!.answered = true;
    if (!leg.browser) return promote(leg);
    leg.settle = clock.after(settleMs, () => {
      log.warn({ userId: leg.userId }, "the browser answered, but no audio came");
      dropNext(leg);
      again(leg, againAfterMs(leg.tries));
    });
  }

  function nextEnded(leg: AgentLeg, cause: string): void {
    leg.settle?.cancel();
    leg.next = leg.settle = null;
    log.info({ userId: leg.userId, cause }, "agent leg not answered");
    again(leg, againAfterMs(leg.tries));
  }

  function currentEnded(leg: AgentLeg, cause: string): void {
    const wasUp = isUp(leg);
    leg.current = null;
    if (wasUp) down(leg, `leg-${cause}`);
    if (!leg.next && legs.get(leg.userId) === leg) call(leg);
  }

  function quiet(leg: AgentLeg): void {
    leg.current!.quiet = true;
    again(leg, freshAfterMs);
    down(leg, "leg-silent");
  }

  function flowing(leg: AgentLeg): void {
    leg.current!.quiet = false;
    // A browser that has answered the fresh leg has let go of this one.
    if (!leg.next?.answered) dropNext(leg);
    up(leg);
  }

  /** It registered, perhaps over another connection: a call that still goes to the old one is called off. */
  function online(leg: AgentLeg): void {
    if (leg.next && !leg.next.answered) dropNext(leg);
    call(leg);
  }

  function onLegEvent(leg: AgentLeg, event: SwitchEvent & { legId: string }): void {
    const isCurrent = leg.current?.legId === event.legId;
    switch (event.type) {
      case "leg-answered":
        return isCurrent ? undefined : answered(leg);
      case "leg-first-packet":
        return leg.next?.answered && !isCurrent ? promote(leg) : undefined;
      case "leg-silent":
        return isCurrent && leg.browser && isUp(leg) ? quiet(leg) : undefined;
      case "leg-flowing":
        return isCurrent && !isUp(leg) ? flowing(leg) : undefined;
      case "leg-ended":
        byLegId.delete(event.legId);
        return isCurrent ? currentEnded(leg, event.cause) : nextEnded(leg, event.cause);
      default:
    }
  }

  const stops = [
    events.on("agent.leg-wanted", ({ userId, sipUser }) => want(userId, sipUser)),
    events.on("agent.leg-unwanted", ({ userId }) => unwanted(userId)),
    events.on("agent.browser-renewed", ({ userId, sipUser }) => {
      const leg = legs.get(userId);
      // First where it registered: nobody calls a page that is gone.
      deps.switch.disconnectEndpoint(sipUser);
      if (leg?.sipUser !== sipUser) return;
      dropNext(leg);
      if (leg.current) deps.switch.hangup(leg.current.legId);
    }),
  ];

  return {
    legOf: (userId) => {
      const leg = legs.get(userId);
      return leg && isUp(leg) ? leg.current?.legId : undefined;
    },
    userOf: (legId) => byLegId.get(legId)?.userId,
    lineOf(userId) {
      const leg = legs.get(userId);
      if (!leg) return "none";
      if (isUp(leg)) return "up";
      return leg.next || leg.again ? "being-called" : "none";
    },
    legIds: () => [...byLegId.keys()],
    moveLeg(legId, to) {
      const leg = byLegId.get(legId);
      if (leg?.current?.legId !== legId) return false;
      byLegId.delete(legId);
      byLegId.set(to, leg);
      leg.current = { legId: to, quiet: false };
      return true;
    },
    leaveRoom(userId) {
      const legId = legs.get(userId)?.current?.legId;
      if (legId !== undefined) deps.switch.setRoom(roomOf(userId), [{ legId, role: "talk" }]);
    },
    onSwitchEvent(event) {
      if (event.type === "endpoint") {
        if (!event.online) return;
        for (const leg of legs.values()) if (leg.sipUser === event.user) online(leg);
        return;
      }
      const leg = "legId" in event ? byLegId.get(event.legId) : undefined;
      if (leg) onLegEvent(leg, event as SwitchEvent & { legId: string });
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      for (const leg of legs.values()) end(leg);
    },
  };
}
