/**
 * Which ringing calls may be given up, and those that must be: nobody is there who could take them. No phone is cut
 * before it has rung for 15 s (47 CFR 64.1200(a)(6); Ofcom, persistent misuse, asks the same), by a timer, for a wall
 * clock that is put on would make every call an old one.
 */
import { type Clock, type Timer } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import { comesFree } from "./predictive/share-agents.ts";
import { isPaced } from "./predictive/watch-calls.ts";

export const leastRingingMs = 15_000;

export interface GivingUp extends Disposable {
  /** It has rung long enough, and was not given up yet. */
  mayBe(callId: string): boolean;
  wasGivenUp(callId: string): boolean;
  giveUp(callIds: readonly string[]): void;
  /** Gives up what rings for campaigns of which no agent is there, or will be. */
  giveUpStranded(): void;
}

export function createGivingUp(deps: {
  calls: Calls;
  agents: AgentRegistry;
  clock: Clock;
  events: EventBus;
}): GivingUp {
  const { calls, agents, clock, events } = deps;
  const waiting = new Map<string, Timer>();
  const old = new Set<string>();
  const given = new Set<string>();

  const stop = events.on("call.changed", ({ call, from }) => {
    if (call.core.state === "ringing") {
      if (from === "ringing" || !isPaced(call)) return;
      waiting.get(call.id)?.cancel();
      waiting.set(
        call.id,
        clock.after(leastRingingMs, () => {
          waiting.delete(call.id);
          old.add(call.id);
        }),
      );
      return;
    }
    waiting.get(call.id)?.cancel();
    waiting.delete(call.id);
    old.delete(call.id);
    given.delete(call.id);
  });

  function giveUp(callIds: readonly string[]): void {
    for (const id of callIds) {
      if (!old.delete(id)) continue;
      given.add(id);
      calls.giveUp(id);
    }
  }

  return {
    mayBe: (callId) => old.has(callId),
    wasGivenUp: (callId) => given.has(callId),
    giveUp,
    giveUpStranded() {
      if (old.size === 0) return;
      const served = new Set(
        agents
          .all()
          .filter(comesFree)
          .flatMap((agent) => agent.campaignIds),
      );
      giveUp([...old].filter((id) => !served.has(calls.get(id)?.plan.campaign?.id ?? 0)));
    },
    [Symbol.dispose]() {
      stop();
      for (const timer of waiting.values()) timer.cancel();
    },
  };
}
