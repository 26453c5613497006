/**
 * Who waits for a busy colleague. When the colleague is free again they are asked: by whoever has a customer, as a
 * consultation; whoever has none is told by a tone and on the desk. A wish ends then, when it is taken back, or when either
 * signs out; a wish that has waited long is forgotten.
 */
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";
import type { ToColleague } from "./to-colleague.ts";

const longestMs = 30 * 60_000;

interface Wish {
  userId: number;
  colleagueId: number;
  since: number;
}

export interface CallBack extends Disposable {
  /** Errors (409): `colleague-away`, `colleague-free`. */
  callBack(userId: number, colleagueId: number, on: boolean): void;
  /** For whom this agent waits. */
  awaited(userId: number): number[];
}

const isFree = ({ callId, legUp, state }: Agent): boolean =>
  callId === null && legUp && (state === "ready" || state === "paused");

export function createCallBack(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  toColleague: ToColleague;
  /** Heard by the agent over whatever they do. */
  tone: (userId: number) => void;
  clock: Clock;
  events: EventBus;
  log: Log;
}): CallBack {
  const { agents, runner, clock, events, log } = deps;
  let wishes: Wish[] = [];

  const drop = (gone: (wish: Wish) => boolean) => {
    wishes = wishes.filter((wish) => !gone(wish));
  };

  function ownTalk({ userId, callId }: Agent): ActiveCall | undefined {
    const call = callId === null ? undefined : runner.get(callId);
    const isOwn = call?.core.agentUserId === userId && call.core.state === "talking" && !call.core.endedBy;
    return isOwn && call.conversation.consultId === null ? call : undefined;
  }

  function tell(wish: Wish, colleague: Agent): void {
    deps.tone(wish.userId);
    agents.notice(wish.userId, "colleague-free", { name: colleague.name, userId: colleague.userId });
  }

  function freed(colleague: Agent): void {
    drop(({ since }) => clock.now() - since > longestMs);
    // Who has waited longest is first; the others wait on.
    const wish = wishes.find(({ colleagueId }) => colleagueId === colleague.userId);
    const asker = wish && agents.get(wish.userId);
    if (!wish || !asker) return;
    drop((other) => other === wish);
    const call = ownTalk(asker);
    if (!call) return tell(wish, colleague);
    deps.toColleague(call, colleague.userId, "consult").then(
      () => deps.tone(wish.userId),
      (error: unknown) => {
        log.info({ err: error, userId: wish.userId }, "a colleague who was waited for could not be asked");
        tell(wish, colleague);
      },
    );
  }

  const stop = events.on("agent.changed", ({ agent, from }) => {
    if (agent.state === "signed-out")
      return drop(({ userId, colleagueId }) => userId === agent.userId || colleagueId === agent.userId);
    if (agent.state !== from && isFree(agent)) freed(agent);
  });

  return {
    callBack(userId, colleagueId, on) {
      drop((wish) => wish.userId === userId && wish.colleagueId === colleagueId);
      if (on) {
        const colleague = agents.get(colleagueId);
        if (!colleague?.legUp) throw conflict("colleague-away", "They are not at their desk.");
        if (isFree(colleague))
          throw conflict("colleague-free", "They are free now.", { name: colleague.name });
        wishes.push({ userId, colleagueId, since: clock.now() });
      }
      events.publish("call-back.changed", { userId });
    },
    awaited: (userId) => wishes.flatMap((wish) => (wish.userId === userId ? wish.colleagueId : [])),
    [Symbol.dispose]: stop,
  };
}
