/**
 * A day of outbound dialling by discrete events, in seconds. The dialler under test looks each half second and after
 * each event, and sees what a live one would: agents, ringing calls and their ages, never what will become of them.
 */
import type { LeadFeatures } from "../predictive/lead-odds.ts";
import { createEventQueue } from "./event-queue.ts";
import { type DueLead, leadOrder } from "./lead-order.ts";
import { type DayShape, fateOf, type LeadFate } from "./leads.ts";
import { createTally, type DayResult } from "./tally.ts";

export interface SimCall {
  id: string;
  due: DueLead;
  list: number;
  dialledAt: number;
  /** What is known of its lead. */
  lead: LeadFeatures | undefined;
  /** Only for oracles. */
  fate: LeadFate;
}

export interface SimAgent {
  state: "idle" | "talking" | "wrap-up" | "away";
  since: number;
  leaving: boolean;
}

export interface SimView {
  now: number;
  agents: readonly SimAgent[];
  ringing: readonly SimCall[];
  /** Answered and not connected yet. */
  waiting: number;
  secondsLeft: number;
  linesFree: number;
  /** What is known of the next leads, in order; empty on days without features. */
  buffer: readonly { list: number; lead: LeadFeatures }[];
  /** What the next lead but `ahead` will do if it is dialled now; only for oracles. */
  nextFate(ahead: number): LeadFate;
}

export interface Dialler {
  /** Every half second, and after each event when `everyEvent`. */
  decide(view: SimView): { dial: number; chosen?: readonly number[]; cancel?: readonly string[] };
  readonly everyEvent: boolean;
  answered?(call: SimCall, now: number): void;
  ended?(call: SimCall, now: number): void;
  /** A late cancel of its own. */
  gaveUp?(call: SimCall): void;
  served?(abandoned: boolean, now: number): void;
  talked?(seconds: number): void;
  wrapped?(seconds: number): void;
}

export interface DayOptions {
  seed: number;
  agents: number;
  hours: number;
  shape: DayShape;
  patienceSeconds: number;
  ringTimeoutSeconds: number;
  maxLines: number;
  /** Of the trunk; the calls of a second that were not made are lost. */
  callsPerSecond?: number;
  /** How many agents are to be there at this second. */
  staffing?(second: number): number;
  /** What the dialler may know of a lead. */
  features?(seed: number, lead: number): LeadFeatures;
  /** What a call that is dialled now will do, instead of the shape's leads. */
  fate?(now: number): LeadFate;
  watch?: DayWatch;
}

/** Sees a day as it happens, in seconds. */
export interface DayWatch {
  dialled(now: number): void;
  answered(abandoned: boolean, now: number): void;
  /** A person met an agent after waiting so long. */
  met(waited: number, now: number): void;
  spent(state: SimAgent["state"], from: number, to: number): void;
}

type Event =
  | { type: "tick" }
  | { type: "call"; call: SimCall }
  | { type: "ring-timeout"; call: SimCall }
  | { type: "patience"; call: SimCall }
  | { type: "talk-end"; agent: SimAgent; seconds: number; wrap: number }
  | { type: "wrap-end"; agent: SimAgent; seconds: number }
  | { type: "staffing" };

const tickSeconds = 0.5;
const bufferSize = 30;

export function simulateDay(dialler: Dialler, options: DayOptions): DayResult {
  const end = options.hours * 3600;
  const queue = createEventQueue<Event>();
  const agents = Array.from({ length: options.agents }, (): SimAgent => ({
    state: "idle",
    since: 0,
    leaving: false,
  }));
  const ringing: SimCall[] = [];
  const waiting: SimCall[] = [];
  const leads = leadOrder();
  const tally = createTally(end);
  /** Dials that the trunk still takes now. */
  let allowance = options.callsPerSecond ?? Infinity;
  let allowedAt = 0;

  /** Those who are there and stay. */
  let present = agents;

  function turn(agent: SimAgent, state: SimAgent["state"], now: number): void {
    tally.spent(agent.state, agent.since, now);
    options.watch?.spent(agent.state, agent.since, Math.min(now, end));
    agent.state = state;
    agent.since = now;
  }

  function connect(call: SimCall, agent: SimAgent, now: number): void {
    turn(agent, "talking", now);
    const { talkSeconds, wrapSeconds } = call.fate;
    queue.put(now + talkSeconds, { type: "talk-end", agent, seconds: talkSeconds, wrap: wrapSeconds });
    options.watch?.met(now - call.dialledAt - call.fate.afterSeconds, now);
    serve(false, now);
  }

  function serve(abandoned: boolean, now: number): void {
    tally.answer(abandoned, now);
    options.watch?.answered(abandoned, now);
    dialler.served?.(abandoned, now);
  }

  /** False: it rings no more. */
  function stopRinging(call: SimCall): boolean {
    const place = ringing.indexOf(call);
    if (place >= 0) ringing.splice(place, 1);
    return place >= 0;
  }

  function idleAgent(): SimAgent | undefined {
    let longest: SimAgent | undefined;
    for (const agent of agents)
      if (agent.state === "idle" && !agent.leaving && (!longest || agent.since < longest.since))
        longest = agent;
    return longest;
  }

  const nextLeads = () =>
    Array.from({ length: options.features ? bufferSize : 0 }, (_, i) => ({
      list: 1,
      lead: options.features!(options.seed, leads.peek(i).lead),
    }));

  function dial(now: number, ahead: number): void {
    const due = leads.take(ahead);
    const fate = options.fate?.(now) ?? fateOf(options.seed, due.lead, due.attempt, now, options.shape);
    const call: SimCall = {
      id: `${due.lead}.${due.attempt}`,
      due,
      list: 1,
      dialledAt: now,
      lead: options.features?.(options.seed, due.lead),
      fate,
    };
    ringing.push(call);
    tally.dials++;
    options.watch?.dialled(now);
    const longest = 2 + options.ringTimeoutSeconds;
    const type = fate.afterSeconds > longest ? "ring-timeout" : "call";
    queue.put(now + Math.min(fate.afterSeconds, longest), { type, call });
  }

  function linesFree(now: number): number {
    const rate = options.callsPerSecond ?? Infinity;
    allowance =
      now === allowedAt ? allowance : Math.min(Math.max(1, rate), allowance + rate * (now - allowedAt));
    allowedAt = now;
    const talking = agents.filter((agent) => agent.state === "talking").length;
    const lines = options.maxLines - ringing.length - waiting.length - talking;
    return Math.max(0, Math.min(lines, Math.floor(allowance)));
  }

  function look(now: number): void {
    if (now >= end) return;
    const decision = dialler.decide({
      now,
      agents: present,
      ringing,
      waiting: waiting.length,
      secondsLeft: end - now,
      linesFree: linesFree(now),
      buffer: nextLeads(),
      nextFate(ahead) {
        const { lead, attempt } = leads.peek(ahead);
        return fateOf(options.seed, lead, attempt, now, options.shape);
      },
    });
    for (const id of decision.cancel ?? []) {
      const call = ringing.find((each) => each.id === id);
      if (!call || !stopRinging(call)) continue;
      tally.cancels++;
      dialler.gaveUp?.(call);
      leads.again({ ...call.due, attempt: call.due.attempt + 1 });
    }
    const chosen = decision.chosen ?? [];
    allowance -= decision.dial;
    for (let i = 0; i < decision.dial; i++) {
      // Places in the buffer as it was before the first of them was taken.
      const place = chosen[i] ?? 0;
      dial(now, place - chosen.slice(0, i).filter((taken) => taken < place).length);
    }
  }

  function free(agent: SimAgent, now: number): void {
    if (agent.leaving) {
      agent.leaving = false;
      turn(agent, "away", now);
      return;
    }
    turn(agent, "idle", now);
    const next = waiting.shift();
    if (next) connect(next, agent, now);
  }

  function staff(now: number): void {
    const wanted = Math.round(options.staffing!(now));
    let there = present.length;
    for (const agent of agents) {
      if (there < wanted && (agent.state === "away" || agent.leaving)) {
        agent.leaving = false;
        if (agent.state === "away") free(agent, now);
        there++;
      }
    }
    for (const agent of [...agents].sort((a, b) => Number(b.state === "idle") - Number(a.state === "idle"))) {
      if (there <= wanted) break;
      if (agent.state === "away" || agent.leaving) continue;
      if (agent.state === "idle") turn(agent, "away", now);
      else agent.leaving = true;
      there--;
    }
    present = agents.filter((agent) => agent.state !== "away" && !agent.leaving);
    if (now + 10 < end) queue.put(now + 10, { type: "staffing" });
  }

  function happen(event: Event, now: number): boolean {
    switch (event.type) {
      case "tick":
        queue.put(now + tickSeconds, { type: "tick" });
        look(now);
        return false;
      case "staffing":
        staff(now);
        return true;
      case "ring-timeout":
        if (!stopRinging(event.call)) return false;
        dialler.ended?.(event.call, now);
        return true;
      case "call": {
        const { call } = event;
        if (!stopRinging(call)) return false;
        if (call.fate.kind !== "person") {
          dialler.ended?.(call, now);
          return true;
        }
        dialler.answered?.(call, now);
        const agent = idleAgent();
        if (agent) connect(call, agent, now);
        else {
          waiting.push(call);
          queue.put(now + options.patienceSeconds, { type: "patience", call });
        }
        return true;
      }
      case "patience": {
        const place = waiting.indexOf(event.call);
        if (place < 0) return false;
        waiting.splice(place, 1);
        serve(true, now);
        return true;
      }
      case "talk-end":
        turn(event.agent, "wrap-up", now);
        dialler.talked?.(event.seconds);
        queue.put(now + event.wrap, { type: "wrap-end", agent: event.agent, seconds: event.wrap });
        return true;
      case "wrap-end":
        dialler.wrapped?.(event.seconds);
        free(event.agent, now);
        return true;
    }
  }

  queue.put(0, { type: "tick" });
  if (options.staffing) queue.put(0, { type: "staffing" });
  while (queue.nextAt <= end) {
    const { at, event } = queue.next()!;
    if (happen(event, at) && dialler.everyEvent) look(at);
  }
  for (const agent of agents) turn(agent, agent.state, end);
  return tally.result();
}
