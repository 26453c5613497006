/**
 * A day of outbound dialling by discrete events, in seconds. The dialler under test looks each half second and after
 * each event, and sees what a live one would: agents, ringing calls and their ages, never what will become of them.
 */
import { createEventQueue } from "./event-queue.ts";
import { type DayShape, fateOf, type LeadFate } from "./leads.ts";

export interface SimCall {
  id: string;
  lead: number;
  list: number;
  dialledAt: number;
  likelihood: number;
  /** Only for oracles. */
  fate: LeadFate;
}

export interface SimAgent {
  state: "idle" | "talking" | "wrap-up" | "away";
  since: number;
  /** When the present call will end; only for oracles. */
  freeAt: number;
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
  /** Likelihood of the next leads over their list's, as far as the dialler may know. */
  nextLikelihoods: readonly number[];
  /** What the next lead but `ahead` will do if it is dialled now; only for oracles. */
  nextFate(ahead: number): LeadFate;
}

export interface Dialler {
  /** Every half second, and after each event when `everyEvent`. */
  decide(view: SimView, why: "tick" | "event"): { dial: number; cancel?: readonly string[] };
  readonly everyEvent: boolean;
  answered?(call: SimCall, now: number): void;
  ended?(call: SimCall, now: number): void;
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
  /** How many agents are to be there at this second. */
  staffing?(second: number): number;
  /** What the dialler may know of a lead's answer probability over the list's. */
  likelihood?(seed: number, lead: number): number;
}

export interface DayResult {
  /** (talk + wrap-up) / signed in, in percent. */
  occupancyPct: number;
  answers: number;
  abandons: number;
  abandonPct: number;
  /** Of windows of 30 minutes with at least 20 answers. */
  worstHalfHourPct: number;
  dials: number;
  cancels: number;
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
const lookAhead = 30;

export function simulateDay(dialler: Dialler, options: DayOptions): DayResult {
  const end = options.hours * 3600;
  const queue = createEventQueue<Event>();
  const agents: SimAgent[] = Array.from({ length: options.agents }, () => ({
    state: "idle",
    since: 0,
    freeAt: 0,
    leaving: false,
  }));
  const ringing = new Map<string, SimCall>();
  const waiting: SimCall[] = [];
  const leadsAgain: { lead: number; attempt: number }[] = [];
  const attempts = new Map<number, number>();
  let nextLead = 0;
  let signedIn = 0;
  let busy = 0;
  let dials = 0;
  let cancels = 0;
  let answers = 0;
  let abandons = 0;
  const windows = Array.from({ length: Math.ceil(end / 1800) }, () => ({ answers: 0, abandons: 0 }));

  function present(): SimAgent[] {
    return agents.filter((agent) => agent.state !== "away" && !agent.leaving);
  }

  function turn(agent: SimAgent, state: SimAgent["state"], now: number): void {
    const spent = Math.max(0, Math.min(now, end) - Math.min(agent.since, end));
    if (agent.state !== "away") signedIn += spent;
    if (agent.state === "talking" || agent.state === "wrap-up") busy += spent;
    agent.state = state;
    agent.since = now;
  }

  function connect(call: SimCall, agent: SimAgent, now: number): void {
    turn(agent, "talking", now);
    const { talkSeconds, wrapSeconds } = call.fate;
    agent.freeAt = now + talkSeconds + wrapSeconds;
    queue.put(now + talkSeconds, { type: "talk-end", agent, seconds: talkSeconds, wrap: wrapSeconds });
    serve(call, false, now);
  }

  function serve(call: SimCall, abandoned: boolean, now: number): void {
    answers++;
    const window = windows[Math.min(windows.length - 1, Math.floor(now / 1800))]!;
    window.answers++;
    if (abandoned) {
      abandons++;
      window.abandons++;
    }
    dialler.served?.(abandoned, now);
    ringing.delete(call.id);
  }

  function idleAgent(): SimAgent | undefined {
    let longest: SimAgent | undefined;
    for (const agent of agents)
      if (agent.state === "idle" && !agent.leaving && (!longest || agent.since < longest.since))
        longest = agent;
    return longest;
  }

  function dial(now: number): void {
    const again = leadsAgain.shift();
    const lead = again?.lead ?? nextLead++;
    const attempt = again?.attempt ?? 1;
    attempts.set(lead, attempt);
    const fate = fateOf(options.seed, lead, attempt, now, options.shape);
    const likelihood = options.likelihood?.(options.seed, lead) ?? 1;
    const call: SimCall = { id: `${lead}.${attempt}`, lead, list: 1, dialledAt: now, likelihood, fate };
    ringing.set(call.id, call);
    dials++;
    const rings = Math.min(fate.afterSeconds, 2 + options.ringTimeoutSeconds);
    queue.put(
      now + rings,
      fate.afterSeconds > 2 + options.ringTimeoutSeconds
        ? { type: "ring-timeout", call }
        : { type: "call", call },
    );
  }

  function look(now: number, why: "tick" | "event"): void {
    if (now >= end) return;
    const decision = dialler.decide(
      {
        now,
        agents: present(),
        ringing: [...ringing.values()],
        waiting: waiting.length,
        secondsLeft: end - now,
        linesFree:
          options.maxLines -
          ringing.size -
          waiting.length -
          agents.filter((a) => a.state === "talking").length,
        nextLikelihoods: options.likelihood
          ? Array.from({ length: lookAhead }, (_, i) =>
              options.likelihood!(
                options.seed,
                leadsAgain[i]?.lead ?? nextLead + Math.max(0, i - leadsAgain.length),
              ),
            )
          : [],
        nextFate(ahead) {
          const again = leadsAgain[ahead];
          const lead = again?.lead ?? nextLead + ahead - leadsAgain.length;
          return fateOf(options.seed, lead, again?.attempt ?? 1, now, options.shape);
        },
      },
      why,
    );
    for (const id of decision.cancel ?? []) {
      const call = ringing.get(id);
      if (!call) continue;
      ringing.delete(id);
      cancels++;
      dialler.ended?.(call, now);
      leadsAgain.push({ lead: call.lead, attempt: (attempts.get(call.lead) ?? 1) + 1 });
    }
    for (let i = 0; i < decision.dial; i++) dial(now);
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
    let there = present().length;
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
    if (now + 10 < end) queue.put(now + 10, { type: "staffing" });
  }

  function happen(event: Event, now: number): boolean {
    switch (event.type) {
      case "tick":
        queue.put(now + tickSeconds, { type: "tick" });
        look(now, "tick");
        return false;
      case "staffing":
        staff(now);
        return true;
      case "ring-timeout":
        if (!ringing.delete(event.call.id)) return false;
        dialler.ended?.(event.call, now);
        return true;
      case "call": {
        const { call } = event;
        if (!ringing.delete(call.id)) return false;
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
        serve(event.call, true, now);
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
    if (happen(event, at) && dialler.everyEvent) look(at, "event");
  }
  for (const agent of agents) turn(agent, agent.state, end);
  const judged = windows.filter((window) => window.answers >= 20);
  return {
    occupancyPct: (100 * busy) / signedIn,
    answers,
    abandons,
    abandonPct: answers === 0 ? 0 : (100 * abandons) / answers,
    worstHalfHourPct: Math.max(0, ...judged.map((window) => (100 * window.abandons) / window.answers)),
    dials,
    cancels,
  };
}
