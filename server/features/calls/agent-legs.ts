/**
 * The agents' own legs. An agent's leg is up for as long as they are signed in, alone in a room of theirs, so
 * that a customer joins by one entry in a matrix. A leg that ends while it is wanted (a reload, a lost network)
 * is called again as soon as the browser or phone is there.
 *
 *   absent ── originate ──▶ calling ── answered ──▶ up
 *     ▲                        │                     │
 *     └────── leg-ended ───────┴─────────────────────┘   again on "online", or after `againMs`
 */
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch, SwitchEvent } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";

interface AgentLeg {
  userId: number;
  sipUser: string;
  legId: string | null;
  up: boolean;
  again: Timer | null;
  /** ms; since when it has been wanted and not there. */
  missingSince: number;
}

export interface AgentLegs extends AsyncDisposable {
  /** The agent's leg if it is up. */
  legOf(userId: number): string | undefined;
  userOf(legId: string): number | undefined;
  /** The agent's room with this customer, or alone. */
  setRoom(userId: number, customerLegId: string | null): void;
  onSwitchEvent(event: SwitchEvent): void;
}

/** All legs of one switch may meet: agents serve several campaigns at once. */
export const affinity = "floor";
const againMs = 2_000;
const ringTimeoutMs = 30_000;
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

  function call(leg: AgentLeg): void {
    leg.again?.cancel();
    leg.again = null;
    if (leg.legId || legs.get(leg.userId) !== leg) return;
    if (clock.now() - leg.missingSince > goneMs && agents.get(leg.userId)?.state === "connecting") {
      agents.feed(leg.userId, { type: "sign-out" }, "phone-gone");
      return;
    }
    if (!deps.switch.isOnline(leg.sipUser)) {
      leg.again = clock.after(againMs, () => call(leg));
      return;
    }
    leg.legId = `a-${newId(clock.now())}`;
    byLegId.set(leg.legId, leg);
    deps.switch.originate({
      legId: leg.legId,
      destination: { kind: "endpoint", user: leg.sipUser },
      ringTimeoutMs,
      affinity,
      autoAnswer: true,
      callerName: "Waihu",
    });
  }

  function want(userId: number, sipUser: string): void {
    const found = legs.get(userId);
    if (found && found.sipUser === sipUser) return call(found);
    const leg: AgentLeg = {
      userId,
      sipUser,
      legId: null,
      up: false,
      again: null,
      missingSince: clock.now(),
    };
    legs.set(userId, leg);
    call(leg);
  }

  function drop(userId: number): void {
    const leg = legs.get(userId);
    if (!leg) return;
    legs.delete(userId);
    leg.again?.cancel();
    if (leg.legId) deps.switch.hangup(leg.legId);
  }

  function answered(leg: AgentLeg): void {
    leg.up = true;
    deps.switch.setRoom(roomOf(leg.userId), [{ legId: leg.legId!, role: "talk" }]);
    agents.feed(leg.userId, { type: "leg-up" });
    deps.onUp(leg.userId);
  }

  function ended(leg: AgentLeg, cause: string): void {
    const { legId, up } = leg;
    if (legId) byLegId.delete(legId);
    leg.legId = null;
    leg.up = false;
    if (up) leg.missingSince = clock.now();
    const replaced = legs.get(leg.userId) !== leg;
    if (replaced && legs.has(leg.userId)) return;
    log.info({ userId: leg.userId, cause, up }, "agent leg ended");
    if (!agents.get(leg.userId)) return;
    leg.again = clock.after(againMs, () => call(leg));
    // A try that failed waits for its turn; a leg that was up is called again at once.
    if (!up) return;
    deps.onDown(leg.userId);
    agents.feed(leg.userId, { type: "leg-down" }, `leg-${cause}`);
  }

  const stops = [
    events.on("agent.leg-wanted", ({ userId, sipUser }) => want(userId, sipUser)),
    events.on("agent.leg-unwanted", ({ userId }) => drop(userId)),
    events.on("agent.browser-renewed", ({ userId, sipUser }) => {
      const leg = legs.get(userId);
      if (leg?.sipUser === sipUser && leg.legId) deps.switch.hangup(leg.legId);
      deps.switch.disconnectEndpoint(sipUser);
    }),
  ];

  return {
    legOf: (userId) => {
      const leg = legs.get(userId);
      return leg?.up ? (leg.legId ?? undefined) : undefined;
    },
    userOf: (legId) => byLegId.get(legId)?.userId,
    setRoom(userId, customerLegId) {
      const leg = legs.get(userId);
      if (!leg?.up || !leg.legId) return;
      const ids = customerLegId ? [leg.legId, customerLegId] : [leg.legId];
      deps.switch.setRoom(
        roomOf(userId),
        ids.map((legId) => ({ legId, role: "talk" as const })),
      );
    },
    onSwitchEvent(event) {
      if (event.type === "endpoint") {
        if (!event.online) return;
        for (const leg of legs.values()) if (leg.sipUser === event.user) call(leg);
        return;
      }
      if (!("legId" in event)) return;
      const leg = byLegId.get(event.legId);
      if (!leg) return;
      if (event.type === "leg-answered") answered(leg);
      else if (event.type === "leg-ended") ended(leg, event.cause);
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      for (const userId of legs.keys()) drop(userId);
    },
  };
}
