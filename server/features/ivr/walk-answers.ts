/** What a walk says, and what it asks of others: their answers are events of the walk. */
import { type BlockOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import { currentBlock } from "../../../shared/ivr/path.ts";
import type { IvrEffect, IvrEvent, IvrState } from "../../../shared/ivr/state.ts";
import type { Log } from "../../kernel/log.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Arrival, GuidedCall } from "../calls/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { Speech } from "../speech/index.ts";
import { type Answered, askOutside, type Outside } from "./ask-outside.ts";
import type { FlowMessages } from "./send-message.ts";
import { soundOf } from "./speak.ts";
import { understand } from "./understand.ts";

export interface AnswerParts {
  sounds: Pick<Sounds, "play" | "playPrompt">;
  outside: Outside;
  messages: FlowMessages;
  speech: Pick<Speech, "recognizer">;
  wavOf: (samples: Int16Array) => Buffer;
  clock: Clock;
  log: Log;
}

/** Of the walk that asks. */
interface Hand {
  call: () => GuidedCall;
  state: () => IvrState;
  feed: (event: IvrEvent) => void;
}

/** In one call. */
const mostMessages = 5;

export function createAnswers(parts: AnswerParts, arrival: Arrival, hand: Hand) {
  const { log } = parts;
  let messagesSent = 0;

  function spokenFacts(language: IvrState["language"]) {
    const spoken = Object.entries(hand.state().variables).filter(
      ([name]) => !hand.state().secrets.includes(name),
    );
    return { language, variables: Object.fromEntries(spoken) };
  }

  function say({ speeches, language, turn }: IvrEffect & { type: "say" }): void {
    const facts = spokenFacts(language);
    hand.call().say(
      () => soundOf({ sounds: parts.sounds, log }, speeches, facts),
      () => hand.feed({ type: "said", turn }),
    );
  }

  const told = (why: string | undefined, block: IvrBlock) => {
    if (why === undefined) return;
    hand.call().note("ivr-outside-failed", { block: block.title || block.id, kind: block.kind, why });
  };
  const broke = (error: unknown) => {
    log.error({ err: error, callId: arrival.callId }, "a flow broke");
    hand.feed({ type: "failed" });
  };

  /** The words that go with it are heard to their end; a late answer meets a turn that is over. */
  function work({ block, turn }: IvrEffect & { type: "work" }): void {
    const said = Promise.withResolvers<void>();
    if ("speech" in block && block.kind !== "verify")
      hand
        .call()
        .say(
          () => soundOf({ sounds: parts.sounds, log }, [block.speech], spokenFacts(hand.state().language)),
          said.resolve,
        );
    else said.resolve();
    const answer = async () => {
      const asked =
        block.kind === "message" ? sent(block) : askOutside(parts.outside, block, hand.state().variables);
      const [{ exit, set, why }] = await Promise.all([asked, said.promise]);
      told(why, block);
      hand.feed({ type: "worked", turn, exit, set });
    };
    answer().catch(broke);
  }

  /** In its outbox by the line that tells of it. */
  async function sent(block: BlockOf<"message">): Promise<Answered> {
    const words = spokenFacts(hand.state().language);
    const room = messagesSent < mostMessages;
    const prepared = room
      ? await parts.messages.prepare(block, arrival, words)
      : { why: "too many in this call" };
    if ("why" in prepared) return { exit: "failed", set: {}, why: prepared.why };
    messagesSent++;
    const data = { channel: block.channel, to: block.to === "" ? "caller" : "other" };
    hand.call().note("ivr-message", data, prepared.write);
    return { exit: "next", set: {} };
  }

  function listen({ waitMs, longestMs, language, turn }: IvrEffect & { type: "listen" }): void {
    hand.call().listen({ waitMs, longestMs }, (said) => {
      const block = currentBlock(hand.state())!;
      const hear = async () => {
        const understood = await understand(parts, said, language);
        if ("text" in understood) return hand.feed({ type: "heard", turn, text: understood.text });
        told(understood.why, block);
        hand.feed({ type: "unheard", turn });
      };
      hear().catch(broke);
    });
  }

  return { say, work, listen };
}
