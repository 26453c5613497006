/**
 * Runs the machine for every open call. A step happens in memory at once and its effects on the wire follow in
 * the same tick, so that no disk stands between an answer and the first word; the journal writes it down in
 * order, and what may only follow a commit waits for it. After a crash the reconciler closes what stands open.
 */
import type { CallState } from "../../../shared/calls.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { ActiveCall, CallTimer } from "./active-call.ts";
import type { CallEffect, CallEvent, CallPatch } from "./call-core.ts";
import { callStep } from "./call-machine.ts";
import type { Journal } from "./journal.ts";
import type { StepColumns } from "./queries-steps.ts";
import "./events.ts";

/** What a step carries besides the machine's own patch. */
export interface Extra {
  columns?: StepColumns;
  data?: Record<string, unknown>;
  /** In the transaction of this step. */
  also?: (tx: Tx) => Promise<void>;
  after?: () => void;
  /** When it happened at the switch, ms since the epoch; default now. */
  at?: number;
}

/** `now` runs in the tick of the step; `also` in its transaction, `after` when that is committed. */
export interface EffectRunner {
  now(call: ActiveCall, effect: CallEffect): void;
  also(call: ActiveCall, effect: CallEffect): ((tx: Tx) => Promise<void>) | undefined;
  after(call: ActiveCall, effect: CallEffect): (() => void) | undefined;
}

export interface CallRunner {
  get(callId: string): ActiveCall | undefined;
  byLeg(legId: string): ActiveCall | undefined;
  all(): ActiveCall[];
  add(call: ActiveCall): void;
  /** Another leg is the customer's from here on; what the old one still does is no news. */
  moveLeg(call: ActiveCall, legId: string): void;
  /** Lets a call go that is closed and whose last step could not be written. */
  forget(call: ActiveCall): void;
  /** One step. False when the machine refused it or only took note. */
  feed(callId: string, event: CallEvent, extra?: Extra): boolean;
  /** An event that moves nothing. */
  note(call: ActiveCall, type: string | null, extra?: Extra): void;
  /** Tells the screens that something about the call changed. */
  changed(call: ActiveCall): void;
  setTimer(call: ActiveCall, timer: CallTimer, ms: number, run: () => void): void;
  clearTimer(call: ActiveCall, timer: CallTimer): void;
}

const columnOf = {
  dialledAt: "dialled_at",
  ringingAt: "ringing_at",
  answeredAt: "answered_at",
  connectedAt: "connected_at",
  endedAt: "ended_at",
  wrapEndedAt: "wrap_ended_at",
} as const;

function columnsOf(patch: CallPatch, at: number): StepColumns {
  const marks = (patch.marks ?? []).map((mark) => [columnOf[mark], new Date(at)]);
  return {
    ...(Object.fromEntries(marks) as StepColumns),
    ...(patch.outcome && { outcome: patch.outcome }),
    ...(patch.cause && { cause: patch.cause }),
    ...(patch.sipStatus !== undefined && { sip_status: patch.sipStatus }),
    ...(patch.sipReason && { sip_reason: patch.sipReason }),
    ...(patch.endedBy && { ended_by: patch.endedBy }),
    ...(patch.agentUserId !== undefined && { agent_user_id: patch.agentUserId }),
    ...(patch.abandoned && { abandoned: true }),
  };
}

function remember(call: ActiveCall, patch: CallPatch, at: number): void {
  if (patch.cause) call.cause = patch.cause;
  for (const mark of patch.marks ?? [])
    if (mark === "answeredAt" || mark === "connectedAt" || mark === "endedAt") call[mark] = at;
}

function clearTimer(call: ActiveCall, timer: CallTimer): void {
  call.timers.get(timer)?.cancel();
  call.timers.delete(timer);
}

export function createCallRunner(deps: {
  journal: Journal;
  effects: EffectRunner;
  clock: Clock;
  events: EventBus;
  log: Log;
}): CallRunner {
  const { journal, effects, clock, events, log } = deps;
  const calls = new Map<string, ActiveCall>();
  const byLeg = new Map<string, ActiveCall>();

  function changed(call: ActiveCall, from: CallState | null = call.core.state): void {
    events.publish("call.changed", { call, from });
  }

  /** A closed call stays until its last step is committed, so that nothing sees it gone from both places. */
  function closed(call: ActiveCall): void {
    const { campaign } = call.plan;
    for (const timer of call.timers.values()) timer.cancel();
    calls.delete(call.id);
    byLeg.delete(call.legId);
    events.publish("call.closed", {
      callId: call.id,
      campaignId: campaign?.id ?? null,
      agentUserId: call.core.agentUserId,
      outcome: call.core.outcome ?? "failed",
    });
  }

  function feed(callId: string, event: CallEvent, extra: Extra = {}): boolean {
    const call = calls.get(callId);
    if (!call) {
      log.debug({ callId, event: event.type }, "event of a call that is closed");
      return false;
    }
    const from = call.core.state;
    const step = callStep(call.core, event);
    const at = extra.at ?? clock.now();
    if ("refused" in step) {
      log.warn({ callId, state: from, event: event.type }, "call event refused");
      return false;
    }
    if ("noted" in step) {
      note(call, event.type, { ...extra, at });
      return false;
    }
    const to = step.call.state;
    call.core = step.call;
    if (from !== to) call.since = at;
    remember(call, step.patch, at);
    log.info({ callId, from, to, event: event.type, cause: step.patch.cause }, "call");
    const also = step.effects
      .map((effect) => effects.also(call, effect))
      .filter((work) => work !== undefined);
    const after = step.effects
      .map((effect) => effects.after(call, effect))
      .filter((work) => work !== undefined);
    journal.write({
      callId,
      from,
      to,
      at: new Date(at),
      type: event.type,
      columns: { ...columnsOf(step.patch, at), ...extra.columns },
      data: extra.data,
      also: async (tx) => {
        await extra.also?.(tx);
        for (const work of also) await work(tx);
      },
      after: () => {
        extra.after?.();
        for (const work of after) work();
        if (to === "closed") closed(call);
      },
    });
    changed(call, from);
    for (const effect of step.effects) effects.now(call, effect);
    return true;
  }

  function note(call: ActiveCall, type: string | null, extra: Extra = {}): void {
    const { state } = call.core;
    journal.write({
      callId: call.id,
      from: state,
      to: state,
      at: new Date(extra.at ?? clock.now()),
      type,
      columns: extra.columns ?? {},
      data: extra.data,
      also: extra.also,
      after: extra.after,
    });
  }

  return {
    get: (callId) => calls.get(callId),
    byLeg: (legId) => byLeg.get(legId),
    all: () => [...calls.values()],
    add(call) {
      calls.set(call.id, call);
      byLeg.set(call.legId, call);
    },
    moveLeg(call, legId) {
      byLeg.delete(call.legId);
      call.legId = legId;
      byLeg.set(legId, call);
    },
    forget: closed,
    feed,
    note,
    changed: (call) => changed(call),
    setTimer(call, timer, ms, run) {
      clearTimer(call, timer);
      call.timers.set(
        timer,
        clock.after(ms, () => {
          call.timers.delete(timer);
          run();
        }),
      );
    },
    clearTimer,
  };
}
