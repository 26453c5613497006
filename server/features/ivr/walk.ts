/** One caller in a flow: runs `shared/ivr/machine.ts`, its effects on the call, in its story and in the flow's figures. */
import { ivrStep, newWalk } from "../../../shared/ivr/machine.ts";
import type {
  FlowLibrary,
  HandOver,
  IvrEffect,
  IvrEvent,
  IvrState,
  RunningFlow,
} from "../../../shared/ivr/state.ts";
import type { Calendars } from "../calendars/index.ts";
import { type Arrival, type Guide, type GuidedCall, languageOf } from "../calls/index.ts";
import { insertFact, insertRating } from "./queries-walks.ts";
import { type AnswerParts, createAnswers } from "./walk-answers.ts";
import { createVisits, type Visit } from "./walk-visits.ts";

export interface Walk extends Guide {
  /** The block where the caller is, and those of flows around it, the innermost last. */
  visits(): readonly Visit[];
}

export interface WalkParts extends AnswerParts {
  library: FlowLibrary;
  company: string;
  calendars: Pick<Calendars, "all">;
  /** The caller has gone, or somebody has them. */
  over: () => void;
  /** The caller is in another block of this flow. */
  moved: (flowId: number) => void;
  /** Sees every step; for drafts that are tried out. */
  watch?: (state: IvrState, effects: readonly IvrEffect[]) => void;
}

/** By what a caller leaves a queue that did not serve them. */
const exitOf = {
  "queue-full": "full",
  "queue-closed": "closed",
  "nobody-here": "empty",
  "too-long": "timeout",
  chosen: "key",
} as const;

const variablesOf = ({ phone, name, called, customerId, vip }: Arrival, company: string) => ({
  "caller.number": phone,
  "caller.name": name,
  "caller.known": customerId === null ? "" : "yes",
  "caller.vip": String(vip),
  "called.number": called,
  "company.name": company,
});

function languageFor({ document }: RunningFlow, phone: string) {
  const own = languageOf(phone);
  return document.languages.includes(own) ? own : document.languages[0]!;
}

export function createWalk(parts: WalkParts, flow: RunningFlow, arrival: Arrival): Walk {
  const { clock, log } = parts;
  let state: IvrState = newWalk(
    flow,
    {
      library: parts.library,
      language: languageFor(flow, arrival.phone),
      hears: parts.speech.recognizer() !== undefined,
      calendars: parts.calendars.all(),
      variables: variablesOf(arrival, parts.company),
    },
    clock.now(),
  );
  let call: GuidedCall | undefined;
  let waiting: IvrEvent[] = [];
  let isRunning = false;
  let begunAt = clock.now();
  const visits = createVisits(parts, flow, arrival, (...line) => call?.note(...line));
  const answers = createAnswers(parts, arrival, { call: () => call!, state: () => state, feed });

  /** Later than the last line of the flow nothing is written of it. */
  function end(): void {
    visits.end(state.ended ?? "left");
    call?.note("ivr-ended", { end: state.ended, ms: clock.now() - begunAt });
    parts.over();
  }

  function handOver(to: HandOver): void {
    switch (to.kind) {
      case "queue":
        return call!.send({
          kind: "line",
          queueId: to.queueId,
          waitMs: to.waitMs,
          unlessEmpty: Boolean(to.exits["empty"]),
        });
      case "agent":
        return call!.send({ kind: "agent", userId: to.userId! });
      case "number":
        return call!.send({ kind: "number", phone: to.phone });
      case "voicemail":
        return call!.voicemail(to.boxId === null ? { userId: to.userId! } : { boxId: to.boxId });
    }
  }

  function run(effect: IvrEffect): void {
    switch (effect.type) {
      case "say":
        return answers.say(effect);
      case "stop":
        return call!.hush();
      case "wait":
        return call!.wait(effect.ms, () => feed({ type: "timeout", turn: effect.turn }));
      case "record": {
        const { turn, maxMs } = effect;
        return call!.record((recordingId) => {
          if (recordingId === null) return feed({ type: "record-failed", turn });
          call!.wait(maxMs, () => feed({ type: "timeout", turn }));
        });
      }
      case "stop-recording":
        return call!.stopRecording();
      case "listen":
        return answers.listen(effect);
      case "stop-listening":
        return call!.stopListening();
      case "work":
        return answers.work(effect);
      case "verified": {
        const { what, ok, tries } = effect;
        const { flowId, blockId } = visits.open().at(-1)!;
        const fact = { call_id: arrival.callId, flow_id: flowId, block_id: blockId, what, ok, tries };
        return call!.note("ivr-verified", { what, ok, tries }, (tx) =>
          insertFact(tx, { ...fact, at: new Date(clock.now()) }),
        );
      }
      case "hand-over":
        return handOver(effect.to);
      case "callback":
        call!.heard();
        return call!.callback(effect.afterMinutes);
      case "rated": {
        const { score, scale } = effect;
        const { flowId, blockId } = visits.open().at(-1)!;
        const rated = { call_id: arrival.callId, flow_id: flowId, block_id: blockId, score, scale };
        call!.heard();
        return call!.note("ivr-rated", { score, scale }, (tx) =>
          insertRating(tx, { ...rated, rated_at: new Date(clock.now()) }),
        );
      }
      case "hang-up":
        if (state.ended === "done") call!.heard();
        return call!.hangUp();
      case "entered":
        return visits.entered(effect);
      case "exited":
        return visits.exited(effect);
      case "pressed":
        call!.heard();
        return call!.note("ivr-key", { digit: effect.key, label: effect.label });
      case "spoken": {
        const { text, label } = effect;
        call!.heard();
        return call!.note("ivr-spoken", { text: text.slice(0, 200).replaceAll(/\d/g, "*"), label });
      }
      case "collected": {
        const { variable, digits, count } = effect;
        call!.heard();
        return call!.note("ivr-digits", { variable, count, ...(digits !== "" && { digits }) });
      }
    }
  }

  /** What happens while effects run comes after them. */
  function feed(event: IvrEvent): void {
    waiting.push(event);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const step = ivrStep(state, next, clock.now());
        if ("noted" in step) continue;
        state = step.state;
        parts.watch?.(state, step.effects);
        for (const effect of step.effects) {
          visits.tell(effect);
          run(effect);
        }
        if (state.phase === "over") end();
      }
    } catch (error) {
      log.error({ err: error, callId: arrival.callId }, "a flow broke");
      call!.hangUp();
    } finally {
      isRunning = false;
      waiting = [];
    }
  }

  return {
    visits: visits.open,
    begin(given) {
      call = given;
      begunAt = clock.now();
      call.limit(flow.document.longestMs, () => feed({ type: "overtime" }));
      feed({ type: "begin" });
    },
    key: (key) => feed({ type: "key", key }),
    back: (why) => feed({ type: "back", turn: state.turn, ...(why && { exit: exitOf[why] }) }),
    taken: () => feed({ type: "taken" }),
    left: () => feed({ type: "left" }),
    story: () => visits.story(state),
  };
}
