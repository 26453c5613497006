/** One caller in a flow: runs `shared/ivr/machine.ts`, its effects on the call, in its story and in the flow's figures. */
import type { Speech } from "../../../shared/ivr/block-parts.ts";
import { type BlockOf, exitsOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import { blockOf } from "../../../shared/ivr/flow.ts";
import { ivrStep, newWalk } from "../../../shared/ivr/machine.ts";
import { currentBlock } from "../../../shared/ivr/path.ts";
import type {
  FlowLibrary,
  HandOver,
  IvrEffect,
  IvrEvent,
  IvrState,
  RunningFlow,
} from "../../../shared/ivr/state.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Calendars } from "../calendars/index.ts";
import { type Arrival, type Guide, type GuidedCall, languageOf } from "../calls/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { Speech as SpeechService } from "../speech/index.ts";
import { type Answered, askOutside, type Outside } from "./ask-outside.ts";
import { createCallerPath } from "./caller-path.ts";
import { insertFact, insertRating, insertVisit } from "./queries-walks.ts";
import type { FlowMessages } from "./send-message.ts";
import { soundOf } from "./speak.ts";
import { understand } from "./understand.ts";

interface Visit {
  flowId: number;
  versionId: number;
  blockId: string;
  at: number;
}

export interface Walk extends Guide {
  /** The block where the caller is, and those of flows around it, the innermost last. */
  visits(): readonly Visit[];
}

export interface WalkParts {
  sounds: Pick<Sounds, "play" | "playPrompt">;
  library: FlowLibrary;
  company: string;
  outside: Outside;
  messages: FlowMessages;
  speech: Pick<SpeechService, "recognizer">;
  calendars: Pick<Calendars, "all">;
  wavOf: (samples: Int16Array) => Buffer;
  clock: Clock;
  log: Log;
  /** The caller has gone, or somebody has them. */
  over: () => void;
  /** The caller is in another block of this flow. */
  moved: (flowId: number) => void;
  /** Sees every step; for drafts that are tried out. */
  watch?: (state: IvrState, effects: readonly IvrEffect[]) => void;
}

/** In one call. */
const mostMessages = 5;
/** By what a caller leaves a queue that did not serve them. */
const exitOf = {
  "queue-full": "full",
  "queue-closed": "closed",
  "nobody-here": "empty",
  "too-long": "timeout",
  chosen: "key",
} as const;

const variablesOf = ({ phone, name, called, customerId }: Arrival, company: string) => ({
  "caller.number": phone,
  "caller.name": name,
  "caller.known": customerId === null ? "" : "yes",
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
  let open: Visit[] = [];
  let waiting: IvrEvent[] = [];
  let isRunning = false;
  let begunAt = clock.now();
  let messagesSent = 0;
  const path = createCallerPath();
  const documents = new Set([flow.document]);
  const documentOf = (flowId: number) =>
    flowId === flow.flowId ? flow.document : parts.library.get(flowId)!.document;

  /** Of the agent's screen. */
  function tell(effect: IvrEffect): void {
    const at = effect.type === "entered" ? effect : open.at(-1);
    if (!at) return;
    const document = documentOf(at.flowId);
    documents.add(document);
    path.heard(effect, blockOf(document, at.blockId));
  }

  /** `kind`: of the block in which the walk ended. */
  function close(visit: Visit, exit: string, kind?: string): void {
    const { flowId, versionId, blockId } = visit;
    const block = blockOf(documentOf(flowId), blockId);
    const row = {
      call_id: arrival.callId,
      flow_id: flowId,
      version_id: versionId,
      block_id: blockId,
      kind: kind ?? block?.kind ?? "",
      entered_at: new Date(visit.at),
      left_at: new Date(clock.now()),
      exit,
    };
    const isSilent = block !== undefined && !("speech" in block) && exitsOf(block).length > 0;
    const data = { block: block?.title || blockId, kind: block?.kind, exit, flowId, blockId };
    call?.note(isSilent && exit === "next" ? null : "ivr-block", data, (tx) => insertVisit(tx, row));
  }

  /** Later than the last line of the flow nothing is written of it. */
  function end(): void {
    const visits = open.reverse();
    const [last] = visits;
    const kind = last && blockOf(documentOf(last.flowId), last.blockId)?.kind;
    for (const visit of visits) close(visit, state.ended ?? "left", kind);
    open = [];
    for (const { flowId } of visits) parts.moved(flowId);
    call?.note("ivr-ended", { end: state.ended, ms: clock.now() - begunAt });
    parts.over();
  }

  function spokenFacts(language: IvrState["language"]) {
    const spoken = Object.entries(state.variables).filter(([name]) => !state.secrets.includes(name));
    return { language, variables: Object.fromEntries(spoken) };
  }

  const say = (speeches: readonly Speech[], effect: IvrEffect & { type: "say" }) => {
    const facts = spokenFacts(effect.language);
    call!.say(
      () => soundOf({ sounds: parts.sounds, log }, speeches, facts),
      () => feed({ type: "said", turn: effect.turn }),
    );
  };

  const told = (why: string | undefined, block: IvrBlock) => {
    if (why === undefined) return;
    call!.note("ivr-outside-failed", { block: block.title || block.id, kind: block.kind, why });
  };
  const broke = (error: unknown) => {
    log.error({ err: error, callId: arrival.callId }, "a flow broke");
    feed({ type: "failed" });
  };

  /** The words that go with it are heard to their end; a late answer meets a turn that is over. */
  function work({ block, turn }: IvrEffect & { type: "work" }): void {
    const said = Promise.withResolvers<void>();
    if ("speech" in block && block.kind !== "verify")
      call!.say(
        () => soundOf({ sounds: parts.sounds, log }, [block.speech], spokenFacts(state.language)),
        said.resolve,
      );
    else said.resolve();
    const answer = async () => {
      const asked =
        block.kind === "message" ? sent(block) : askOutside(parts.outside, block, state.variables);
      const [{ exit, set, why }] = await Promise.all([asked, said.promise]);
      told(why, block);
      feed({ type: "worked", turn, exit, set });
    };
    answer().catch(broke);
  }

  /** In its outbox by the line that tells of it. */
  async function sent(block: BlockOf<"message">): Promise<Answered> {
    const words = spokenFacts(state.language);
    const room = messagesSent < mostMessages;
    const prepared = room
      ? await parts.messages.prepare(block, arrival, words)
      : { why: "too many in this call" };
    if ("why" in prepared) return { exit: "failed", set: {}, why: prepared.why };
    messagesSent++;
    const data = { channel: block.channel, to: block.to === "" ? "caller" : "other" };
    call!.note("ivr-message", data, prepared.write);
    return { exit: "next", set: {} };
  }

  function listen({ waitMs, longestMs, language, turn }: IvrEffect & { type: "listen" }): void {
    call!.listen({ waitMs, longestMs }, (said) => {
      const block = currentBlock(state)!;
      const hear = async () => {
        const understood = await understand(parts, said, language);
        if ("text" in understood) return feed({ type: "heard", turn, text: understood.text });
        told(understood.why, block);
        feed({ type: "unheard", turn });
      };
      hear().catch(broke);
    });
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
        return say(effect.speeches, effect);
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
        return listen(effect);
      case "stop-listening":
        return call!.stopListening();
      case "work":
        return work(effect);
      case "verified": {
        const { what, ok, tries } = effect;
        const { flowId, blockId } = open.at(-1)!;
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
        const { flowId, blockId } = open.at(-1)!;
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
        open.push({ ...effect, at: clock.now() });
        return parts.moved(effect.flowId);
      case "exited": {
        const visit = open.pop();
        if (visit) close(visit, effect.exit);
        return parts.moved(effect.flowId);
      }
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
          tell(effect);
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
    visits: () => open,
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
    story: () => path.story(state, [...documents]),
  };
}
