/**
 * Seeks the person whom a call is for, by their rules (`forwarding/where-to.ts`). Every way ends at somebody, at a number,
 * or at a message; nobody is sought twice.
 *
 *   seek ── rings ──▶ ready: joined at once
 *    ▲  │             else announced ── accepted, or ready ──▶ joined
 *    │  │                       │ declined, or nobody in time
 *    │  └── diverted ◀──────────┘ no answer
 *    │        │  │ └── to a number: through the door ── answered ──▶ bridged
 *    └────────┘  │                        │ nothing comes of it
 *    a colleague └──▶ voicemail ◀─────────┘
 */
import type { ForwardTarget } from "../../../shared/forwarding.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Because, Diversions } from "../forwarding/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { Conversations } from "./conversations.ts";
import { waitingTone } from "./invite-agent.ts";
import type { InviteNumber } from "./outside-party.ts";
import type { CallRunner } from "./runner.ts";
import type { Voicemail } from "./voicemail.ts";

/** Colleagues who forward to colleagues. */
const mostStops = 5;

export interface Personal extends Disposable {
  send(call: ActiveCall, userId: number): void;
  /** Who is called does not want it. */
  decline(call: ActiveCall): void;
  /** The number that it was forwarded to did not come; false when it was not. */
  alone(call: ActiveCall): boolean;
}

const seeks = (call: ActiveCall, userId: number): boolean =>
  call.core.state === "waiting" && !call.core.endedBy && call.personal?.userId === userId;

export function createPersonal(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: CallRunner;
  conversations: Conversations;
  inviteNumber: InviteNumber;
  diversions: Diversions;
  voicemail: Voicemail;
  /** False: nobody else knows what to do with them. */
  unreached: (call: ActiveCall) => boolean;
  country: () => string;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Personal {
  const { agents, runner, diversions, clock, events, log } = deps;
  const ringback = new Map<string, Promise<string>>();

  function ringTo(call: ActiveCall): void {
    if (ringback.has(call.id)) return;
    const sound = { signal: "ringback", country: deps.country() } as const;
    const playing = deps.switch.play(call.legId, sound, { repeat: "forever" });
    playing.catch((error: unknown) => log.debug({ err: error, callId: call.id }, "no ringback"));
    ringback.set(call.id, playing);
  }

  function stopRinging(call: ActiveCall): void {
    const playing = ringback.get(call.id);
    ringback.delete(call.id);
    playing?.then(
      (playbackId) => deps.switch.stopPlayback(call.legId, playbackId),
      () => undefined,
    );
  }

  function give(call: ActiveCall, userId: number): boolean {
    if (!agents.feed(userId, { type: "assign", callId: call.id }).ok) return false;
    runner.clearTimer(call, "wait");
    return runner.feed(call.id, { type: "agent-chosen", userId }, { data: { userId } });
  }

  async function ring(call: ActiveCall, userId: number): Promise<void> {
    const { noAnswerSeconds } = await diversions.of(userId);
    if (!seeks(call, userId)) return;
    const agent = agents.get(userId);
    if (agent?.state === "ready" && agent.legUp && give(call, userId)) return;
    call.personal = { ...call.personal!, rings: true, since: clock.now() };
    runner.setTimer(call, "wait", noAnswerSeconds * 1000, () => unanswered(call));
    runner.note(call, "person-called", { data: { userId } });
    const legId = deps.legs().legOf(userId);
    if (legId !== undefined)
      deps.switch.play(legId, waitingTone, { repeat: 3, overRoomDb: 0 }).catch((error: unknown) => {
        log.warn({ err: error, userId }, "the tone for the agent could not be played");
      });
    runner.changed(call);
  }

  function toMessage(call: ActiveCall, userId: number): void {
    stopRinging(call);
    if (!deps.unreached(call)) deps.voicemail.send(call, { userId });
  }

  async function divert(
    call: ActiveCall,
    userId: number,
    to: ForwardTarget | null,
    because: Because,
  ): Promise<void> {
    runner.clearTimer(call, "wait");
    runner.note(call, "forwarded", { data: { userId, because, to: to?.type ?? "voicemail" } });
    switch (to?.type) {
      case "agent":
        return seek(call, to.userId);
      case "number":
        call.personal = { ...call.personal!, rings: false };
        stopRinging(call);
        runner.changed(call);
        return void (await deps.inviteNumber(call, to.phone, "replace", { own: true }));
      default:
        return toMessage(call, userId);
    }
  }

  async function seek(call: ActiveCall, userId: number): Promise<void> {
    const tried = call.personal?.tried ?? [];
    if (tried.includes(userId) || tried.length >= mostStops) return toMessage(call, tried[0]!);
    call.personal = { userId, since: clock.now(), rings: false, tried: [...tried, userId] };
    ringTo(call);
    const agent = agents.get(userId);
    const stop = await diversions.whereTo(userId, {
      present: agent?.legUp ?? false,
      onCall: agent !== undefined && agent.callId !== null,
    });
    if (!seeks(call, userId)) return undefined;
    return stop.ring ? ring(call, userId) : divert(call, userId, stop.to, stop.because);
  }

  /** Whatever fails on the way, the caller may leave a message. */
  function run(call: ActiveCall, work: Promise<void>): void {
    work.catch((error: unknown) => {
      log.warn({ err: error, callId: call.id }, "a call for one person was not forwarded");
      if (call.personal && seeks(call, call.personal.userId)) toMessage(call, call.personal.userId);
    });
  }

  async function goOn(call: ActiveCall, userId: number): Promise<void> {
    const { noAnswer } = await diversions.of(userId);
    if (seeks(call, userId)) await divert(call, userId, noAnswer, "no-answer");
  }

  function unanswered(call: ActiveCall): void {
    const { personal } = call;
    if (!personal || !seeks(call, personal.userId)) return;
    const { userId } = personal;
    run(call, goOn(call, userId));
  }

  const stops = [
    events.on("call.changed", ({ call: { id }, from }) => {
      const call = runner.get(id);
      if (!call?.personal || call.core.state === from || call.core.state === "waiting") return;
      call.personal = null;
      if (call.core.state === "closed") ringback.delete(id);
      else stopRinging(call);
    }),
    events.on("agent.changed", ({ agent }) => {
      if (agent.state !== "ready" || !agent.legUp) return;
      const call = runner
        .all()
        .find(({ personal, core }) => personal?.rings && personal.userId === agent.userId && !core.endedBy);
      if (call && seeks(call, agent.userId)) give(call, agent.userId);
    }),
  ];

  return {
    send: (call, userId) => run(call, seek(call, userId)),
    decline: unanswered,
    alone(call) {
      if (!call.personal || !seeks(call, call.personal.userId)) return false;
      toMessage(call, call.personal.userId);
      return true;
    },
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
