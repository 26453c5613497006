/**
 * Who waits for a busy colleague (completion of calls on busy, ETSI EN 300 359). When the colleague is free again they are
 * asked: by whoever has a customer, as a consultation; between two who are free it is an internal call. Who is ready is
 * joined at once; who is paused is rung first, and calls by accepting.
 *
 *   waits ── colleague free ── has a talk ──▶ consultation: over
 *     ▲                     ├─ ready ──▶ internal call: over
 *     │                     ├─ paused ──▶ rings ── accepted ──▶ internal call: over
 *     │                     │              └── nobody in time ──▶ over, told by a notice
 *     │                     └─ on something else ──▶ waits until they are free themselves
 *     └── the colleague was taken by somebody else first
 *
 * A wish ends too when it is taken back, when either signs out, or when it has waited long.
 */
import type { Clock, Timer } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { InternalCalls } from "./internal-calls.ts";
import type { CallRunner } from "./runner.ts";
import type { ToColleague } from "./to-colleague.ts";

const longestMs = 30 * 60_000;
/** So long it rings at who waited. */
const ringMs = 20_000;

interface Wish {
  userId: number;
  colleagueId: number;
  since: number;
  /** It rings at who waited. */
  ringing: Timer | null;
}

export interface Awaited {
  userId: number;
  /** They are free, and it rings here. */
  rings: boolean;
}

export interface CallBack extends Disposable {
  /** Errors (409): `colleague-away`, `colleague-free`. */
  callBack(userId: number, colleagueId: number, on: boolean): void;
  /** For whom this agent waits. */
  awaited(userId: number): Awaited[];
  /** This agent has called them: reached, the wish is over; else it stands. */
  called(userId: number, colleagueId: number, reached: boolean): void;
}

const isFree = ({ callId, legUp, state }: Agent): boolean =>
  callId === null && legUp && (state === "ready" || state === "paused");

export function createCallBack(deps: {
  agents: AgentRegistry;
  runner: CallRunner;
  toColleague: ToColleague;
  callColleague: InternalCalls["callColleague"];
  /** Heard by the agent over whatever they do. */
  tone: (userId: number) => void;
  clock: Clock;
  events: EventBus;
  log: Log;
}): CallBack {
  const { agents, runner, clock, events, log } = deps;
  let wishes: Wish[] = [];

  const told = (userId: number) => events.publish("call-back.changed", { userId });

  function quiet(wish: Wish): void {
    wish.ringing?.cancel();
    wish.ringing = null;
  }

  function drop(gone: (wish: Wish) => boolean): void {
    for (const wish of wishes.filter(gone)) {
      quiet(wish);
      wishes = wishes.filter((other) => other !== wish);
      told(wish.userId);
    }
  }

  function ownTalk({ userId, callId }: Agent): ActiveCall | undefined {
    const call = callId === null ? undefined : runner.get(callId);
    const isOwn = call?.core.agentUserId === userId && call.core.state === "talking" && !call.core.endedBy;
    return isOwn && call.conversation.consultId === null ? call : undefined;
  }

  function tell({ userId }: Wish, colleague: Agent): void {
    deps.tone(userId);
    agents.notice(userId, "colleague-free", { name: colleague.name, userId: colleague.userId });
  }

  function consult(wish: Wish, call: ActiveCall, colleague: Agent): void {
    drop((other) => other === wish);
    deps.toColleague(call, colleague.userId, "consult").then(
      () => deps.tone(wish.userId),
      (error: unknown) => {
        log.info({ err: error, userId: wish.userId }, "a colleague who was waited for could not be asked");
        tell(wish, colleague);
      },
    );
  }

  /** While it rings the colleague may be taken: then the wish stands. */
  function ring(wish: Wish, colleague: Agent): void {
    wish.ringing = clock.after(ringMs, () => {
      drop((other) => other === wish);
      tell(wish, colleague);
    });
    deps.tone(wish.userId);
    told(wish.userId);
  }

  function called(wish: Wish, reached: boolean): void {
    if (reached) drop((other) => other === wish);
    else quiet(wish);
    told(wish.userId);
  }

  /** False: who waits is on something else, and is seen to when they are free. */
  function see(wish: Wish, colleague: Agent): boolean {
    const asker = agents.get(wish.userId);
    if (!asker || wish.ringing) return true;
    const call = ownTalk(asker);
    if (call) consult(wish, call, colleague);
    else if (!isFree(asker)) return false;
    else if (asker.state === "paused") ring(wish, colleague);
    else
      deps.callColleague(wish.userId, wish.colleagueId).then(
        (reached) => called(wish, reached),
        (error: unknown) =>
          log.info({ err: error, userId: wish.userId }, "who was waited for is taken again"),
      );
    return true;
  }

  function freed(agent: Agent): void {
    drop(({ since }) => clock.now() - since > longestMs);
    // Who has waited longest is first; the others wait on.
    for (const wish of wishes.filter(({ colleagueId }) => colleagueId === agent.userId))
      if (see(wish, agent)) break;
    for (const wish of wishes.filter(({ userId }) => userId === agent.userId)) {
      const colleague = agents.get(wish.colleagueId);
      if (colleague && isFree(colleague) && see(wish, colleague)) return;
    }
  }

  const stop = events.on("agent.changed", ({ agent, from }) => {
    if (agent.state === "signed-out")
      return drop(({ userId, colleagueId }) => userId === agent.userId || colleagueId === agent.userId);
    if (agent.state === from) return;
    if (isFree(agent)) return freed(agent);
    // Taken by somebody else: it rings in vain.
    for (const wish of wishes) if (wish.colleagueId === agent.userId && wish.ringing) called(wish, false);
  });

  return {
    callBack(userId, colleagueId, on) {
      drop((wish) => wish.userId === userId && wish.colleagueId === colleagueId);
      if (on) {
        const colleague = agents.get(colleagueId);
        if (!colleague?.legUp) throw conflict("colleague-away", "They are not at their desk.");
        if (isFree(colleague))
          throw conflict("colleague-free", "They are free now.", { name: colleague.name });
        wishes.push({ userId, colleagueId, since: clock.now(), ringing: null });
      }
      told(userId);
    },
    awaited: (userId) =>
      wishes.flatMap((wish) =>
        wish.userId === userId ? { userId: wish.colleagueId, rings: wish.ringing !== null } : [],
      ),
    called(userId, colleagueId, reached) {
      for (const wish of wishes)
        if (wish.userId === userId && wish.colleagueId === colleagueId) called(wish, reached);
    },
    [Symbol.dispose]() {
      stop();
      for (const wish of wishes) quiet(wish);
    },
  };
}
