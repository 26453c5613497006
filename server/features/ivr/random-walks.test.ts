import assert from "node:assert/strict";
import { test } from "node:test";
import { type BlockKind, exitsOf } from "../../../shared/ivr/blocks.ts";
import { checkFlow } from "../../../shared/ivr/check.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import { ivrStep } from "../../../shared/ivr/machine.ts";
import { currentBlock } from "../../../shared/ivr/path.ts";
import type { IvrEffect, IvrEvent, IvrState } from "../../../shared/ivr/state.ts";
import { flowKeys } from "../../../shared/message-flow.ts";
import { at, block, flow, rule, walkOf, workHours } from "../../../test/kit/ivr-flows.ts";
import { type Random, seededRandom } from "../../kernel/random.ts";

const randomKinds: BlockKind[] = [
  "greeting",
  "prompt",
  "menu",
  "speech-choice",
  "collect",
  "record",
  "hours",
  "condition",
  "set",
  "queue",
  "agent",
  "number",
  "callback",
  "satisfaction",
  "http",
  "sql",
  "script",
  "verify",
  "message",
  "hang-up",
  "voicemail",
];

/** Exits that need nobody lead onwards; the rest lead anywhere. The last block hangs up. */
function randomFlow(random: Random): IvrDocument {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;
  const size = 2 + Math.floor(random.next() * 28);
  const blocks = Array.from({ length: size }, (_, index) => {
    const kind = index === size - 1 ? "hang-up" : pick(randomKinds);
    const more = {
      keys: flowKeys.filter(() => random.next() < 0.3).map((key) => ({ key })),
      variable: "value",
      secret: random.next() < 0.5,
      tries: 1 + Math.floor(random.next() * 3),
      hours: workHours,
      cases: [{ key: "one", when: rule("caller.known", "yes") }],
      values: [{ variable: "value", value: "{{caller.number}}" }],
      userId: 1,
      phone: "+8613800138000",
      url: "https://crm.example.com/{{caller.number}}",
      databaseId: 1,
      query: "select 1 where :caller.number <> ''",
      code: "return 'next'",
      queueId: random.next() < 0.5 ? 1 : null,
      keysSpeech: { zh: "您好" },
      choices: [
        { key: "one", digit: random.next() < 0.5 ? "1" : null, phrases: { zh: ["账单"] } },
        { key: "two", phrases: { zh: ["人工"] } },
      ],
      text: { zh: "您好" },
      by: { kind: "http", url: "https://crm.example.com/" },
    };
    if (more.keys.length === 0) more.keys.push({ key: "1" });
    const made = block(kind, `b${index}`, {}, more);
    const onward = () => `b${index + 1 + Math.floor(random.next() * (size - index - 1))}`;
    for (const exit of exitsOf(made))
      made.exits[exit] = [
        "timeout",
        "next",
        "failed",
        "unrated",
        "open",
        "closed",
        "one",
        "otherwise",
        "unanswered",
        "ok",
        "found",
        "none",
        "unavailable",
        "verified",
        "full",
        "closed",
        "empty",
      ].includes(exit)
        ? onward()
        : `b${Math.floor(random.next() * size)}`;
    return made;
  });
  const reached = new Set(["b0"]);
  for (const id of reached)
    for (const to of Object.values(blocks.find((one) => one.id === id)!.exits)) if (to) reached.add(to);
  return flow(...blocks.filter((one) => reached.has(one.id)));
}

const waitsFor: Partial<Record<IvrState["phase"], IvrEffect["type"]>> = {
  saying: "say",
  asking: "say",
  parting: "say",
  waiting: "wait",
  listening: "listen",
  recording: "record",
  working: "work",
  away: "hand-over",
};

/** Keys, late news and faults at random until it is over; how it ended, and after how long (ms). */
function walkRandomly(document: IvrDocument, random: Random, faults: boolean) {
  let now = at;
  let state = { ...walkOf(document, {}, now), hears: random.next() < 0.7 };
  let pending: IvrEffect | undefined;
  let hangUps = 0;
  let hasLeft = false;
  const take = (event: IvrEvent) => {
    const step = ivrStep(state, event, now);
    if ("noted" in step) return;
    state = step.state;
    hasLeft ||= event.type === "left";
    for (const effect of step.effects) {
      if (effect.type === "hang-up") hangUps++;
      if ("turn" in effect && effect.turn === state.turn) pending = effect;
    }
  };
  take({ type: "begin" });
  for (let steps = 0; state.phase !== "over"; steps++) {
    assert.ok(steps < 20_000, `no end: ${JSON.stringify(document)}`);
    assert.equal(pending?.type, waitsFor[state.phase], state.phase);
    now += Math.floor(random.next() * 1500);
    const { turn } = state;
    const isLate = now - at >= document.longestMs;
    const dice = random.next();
    if (isLate) take({ type: "overtime" });
    else if (dice < 0.7) take({ type: "key", key: flowKeys[Math.floor(random.next() * flowKeys.length)]! });
    else if (dice < 0.72) take({ type: "said", turn: turn - 1 });
    else if (dice < 0.74) take({ type: "record-failed", turn });
    else if (dice < 0.8 && faults) take({ type: dice < 0.77 ? "left" : "failed" });
    if (!isLate && random.next() < 0.5) continue;
    // What was begun comes to its end.
    const comes = {
      say: "said",
      wait: "timeout",
      listen: dice < 0.8 ? "heard" : "unheard",
      record: "timeout",
      "hand-over": dice < 0.97 ? "back" : "taken",
    };
    if (pending!.type === "work") {
      const exits = [...exitsOf(currentBlock(state)!), "gone"];
      const exit = exits[Math.floor(random.next() * exits.length)]!;
      take({ type: "worked", turn: state.turn, exit, set: { value: "12", "caller.number": "no" } });
      continue;
    }
    const text = dice < 0.5 ? "我要查账单" : "";
    const exit = ["full", "key", "gone"][steps % 3];
    take({ type: comes[pending!.type as keyof typeof comes], turn: state.turn, text, exit } as IvrEvent);
  }
  const { ended } = state;
  assert.equal(hangUps, ended === "taken" || hasLeft ? 0 : 1, ended!);
  for (const type of ["begin", "key", "said", "timeout", "back", "taken", "overtime", "left", "failed"])
    assert.ok("noted" in ivrStep(state, { type, turn: state.turn, key: "1" } as IvrEvent, now));
  return { ended, ms: now - at };
}

test("whatever is drawn and whatever is pressed, a walk waits for something that comes, and it ends", () => {
  const random = seededRandom(11);
  const ends = new Set<string>();
  for (let run = 0; run < 300; run++) {
    const document = randomFlow(random);
    assert.deepEqual(checkFlow(document), [], JSON.stringify(document));
    ends.add(walkRandomly(document, random, run % 4 === 0).ended!);
  }
  assert.deepEqual(ends, new Set(["done", "fault", "left", "taken"]));
});

test("who presses keys at random for an hour is asked and told until their time is over, then told goodbye", () => {
  const keys = flowKeys.map((key) => ({ key }));
  const exits = Object.fromEntries(flowKeys.map((key) => [key, "tell"]));
  const endless = flow(
    block("menu", "ask", { ...exits, timeout: "bye", invalid: "ask" }, { keys, tries: 5 }),
    block("prompt", "tell", { next: "code" }),
    block("collect", "code", { next: "ask", invalid: "ask", timeout: "ask" }, { variable: "code", min: 4 }),
    block("hang-up", "bye", {}),
  );
  endless.longestMs = 3_600_000;
  assert.deepEqual(checkFlow(endless), []);
  const ends = new Set<string | null>();
  for (let seed = 1; seed <= 4; seed++) {
    const { ended, ms } = walkRandomly(endless, seededRandom(seed), false);
    ends.add(ended);
    assert.ok(ms < endless.longestMs + 10_000, String(ms));
  }
  assert.deepEqual(ends, new Set(["time"]));
});
