import assert from "node:assert/strict";
import { test } from "node:test";
import { type Random, seededRandom } from "../../kernel/random.ts";
import {
  flowKeys,
  type FlowStep,
  flowProblems,
  type MessageFlow,
  messageFlow,
  saidWithoutKeys,
} from "../../../shared/message-flow.ts";
import {
  type MessageEffect,
  type MessageEvent,
  type MessageState,
  messageStep,
  newMessage,
} from "../../../shared/message-machine.ts";

const menu = (change: Partial<Extract<FlowStep, { do: "menu" }>> = {}): FlowStep => ({
  do: "menu",
  prompt: 2,
  waitMs: 4000,
  repeats: 1,
  keys: [
    {
      key: "1",
      label: "interested",
      steps: [
        {
          do: "transfer",
          prompt: null,
          waitMs: 9000,
          otherwise: [{ do: "callback", afterMinutes: 60, prompt: "callback-noted" }],
        },
      ],
    },
    { key: "2", label: "again", steps: [{ do: "repeat" }] },
    {
      key: "3",
      label: "no",
      steps: [
        { do: "disposition", dispositionId: 7 },
        { do: "say", prompt: 5 },
      ],
    },
  ],
  wrongPrompt: 6,
  noKey: [{ do: "say", prompt: 8 }],
  wrongKey: [{ do: "hang-up" }],
  ...change,
});
const flow: MessageFlow = {
  steps: [{ do: "say", prompt: 1 }, menu()],
  optOut: { key: "9", scope: "global", prompt: "opted-out" },
};

const line = (effect: MessageEffect) => {
  switch (effect.type) {
    case "say":
      return `say ${effect.prompt}`;
    case "pressed":
      return `${effect.meaning} ${effect.key}`;
    default:
      return effect.type;
  }
};

/** Walks a message; `said` and `timeout` are of the present turn. Returns it with a line for every effect. */
function walk(start: MessageState, ...events: (MessageEvent["type"] | { key: string })[]) {
  let state = start;
  const told: string[] = [];
  for (const name of events) {
    const event = typeof name === "object" ? { type: "key", ...name } : { type: name, turn: state.turn };
    const step = messageStep(state, event as MessageEvent);
    assert.ok("state" in step, `${JSON.stringify(event)} in ${state.phase}`);
    state = step.state;
    told.push(...step.effects.filter(({ type }) => type !== "stop").map(line));
  }
  return { state, told };
}
const begun = newMessage(flow);

test("the question is asked again without a key, then its way out is taken", () => {
  const { state, told } = walk(begun, "begin", "said", "said", "timeout", "said", "timeout", "said");
  assert.deepEqual(told, ["say 1", "say 2", "wait", "no-key", "say 2", "wait", "no-key", "say 8", "hang-up"]);
  assert.deepEqual([state.phase, state.ended, state.heard, state.keys], ["over", "played", true, []]);
});

test("a wrong key is corrected and asked again; the next one takes the way out for wrong keys", () => {
  const { state, told } = walk(begun, "begin", "said", { key: "5" }, "said", { key: "5" });
  assert.deepEqual(told, ["say 1", "say 2", "wrong 5", "say 6", "say 2", "wrong 5", "hang-up"]);
  assert.equal(state.ended, "played");
});

test("a key before the question is an answer to it, in the first sentence and in the correction", () => {
  const early = walk(begun, "begin", { key: "3" });
  assert.deepEqual(early.told, ["say 1", "choice 3", "disposition", "say 5"]);
  const late = walk(begun, "begin", "said", { key: "5" }, { key: "3" }, "said");
  assert.deepEqual(late.told.slice(-4), ["choice 3", "disposition", "say 5", "hang-up"]);
  assert.deepEqual(late.state.keys, ["3"]);
});

test("the key against more calls works at any moment and ends the message with its confirmation", () => {
  for (const before of [[], ["begin"], ["begin", "said"], ["begin", "said", "said"]] as const) {
    const { state, told } = walk(begun, ...before, { key: "9" }, "said");
    assert.deepEqual(told.slice(-4), ["opt-out 9", "opt-out", "say opted-out", "hang-up"]);
    assert.deepEqual([state.optedOut, state.heard], ["global", true]);
  }
});

test("a transfer ends with an agent, or goes on when none comes", () => {
  const asked = walk(begun, "begin", "said", "said", { key: "1" });
  assert.equal(asked.told.at(-1), "transfer");
  assert.equal(walk(asked.state, "connected").state.ended, "transferred");
  const { told, state } = walk(asked.state, "no-agent", "said");
  assert.deepEqual(told, ["callback", "say callback-noted", "hang-up"]);
  assert.equal(state.ended, "played");
  assert.equal(walk(asked.state, "left").state.ended, "left");
});

test("who hangs up before the question was out has not heard it; who chose a key has", () => {
  assert.equal(walk(begun, "begin", "said", "left").state.heard, false);
  assert.equal(walk(begun, "begin", "said", "said", "left").state.heard, true);
  assert.equal(walk(begun, "begin", { key: "2" }, "left").state.heard, true);
});

test("an answering machine hears its word after the beep, or nothing; who was no machine hears it all", () => {
  const refused = walk(begun, "begin", "machine");
  assert.deepEqual([refused.told, refused.state.ended], [["say 1", "hang-up"], "machine"]);
  const waits = walk(newMessage(flow, saidWithoutKeys(flow)), "begin", "machine", { key: "9" });
  assert.deepEqual(waits.told, ["say 1", "none 9"]);
  const left = walk(waits.state, "beep", "said", { key: "1" }, "said");
  assert.deepEqual(left.told, ["say 1", "say 2", "none 1", "hang-up"]);
  assert.deepEqual([left.state.ended, left.state.heard], ["voicemail", true]);
  assert.equal(walk(waits.state, "beep", "said", "left").state.heard, false);
  assert.deepEqual(walk(waits.state, "person", "said", { key: "9" }, "said").told, [
    "say 1",
    "say 2",
    "opt-out 9",
    "opt-out",
    "say opted-out",
    "hang-up",
  ]);
});

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;

function randomSteps(random: Random, depth: number, menus: number): FlowStep[] {
  const steps: FlowStep[] = [];
  for (let n = Math.floor(random.next() * 3); n > 0; n--)
    steps.push(
      pick<FlowStep>(random, [
        { do: "say", prompt: 1 },
        { do: "opt-out", scope: "campaign", prompt: "opted-out" },
        { do: "callback", afterMinutes: 5, prompt: 3 },
        { do: "disposition", dispositionId: 1 },
      ]),
    );
  const branch = (inside: number) => randomSteps(random, depth - 1, inside);
  const ends: FlowStep[] = [{ do: "hang-up" }, ...(menus > 0 ? [{ do: "repeat" } as const] : [])];
  if (depth > 0)
    ends.push(
      menu({
        repeats: Math.floor(random.next() * 3),
        keys: ["1", "2"].map((key) => ({ key: key as "1", label: "", steps: branch(menus + 1) })),
        wrongPrompt: random.next() < 0.5 ? null : 6,
        noKey: branch(menus),
        wrongKey: branch(menus),
      }),
      { do: "transfer", prompt: random.next() < 0.5 ? null : 4, waitMs: 1000, otherwise: branch(0) },
    );
  if (random.next() < 0.8) steps.push(pick(random, ends));
  return steps;
}

function randomEvent(random: Random, turn: number): MessageEvent {
  const type = pick(random, [
    "begin",
    "key",
    "key",
    "said",
    "said",
    "timeout",
    "connected",
    "no-agent",
  ] as const);
  const rare = random.next();
  if (rare < 0.01) return { type: pick(random, ["machine", "beep", "person", "left", "failed"] as const) };
  const own = random.next() < 0.9 ? turn : turn - 1;
  return { type, key: pick(random, [...flowKeys, "A"]), turn: own };
}

test("every flow ends whatever happens: no event throws, nothing plays after the end, no person is held for ever", () => {
  const random = seededRandom(41);
  const ended = new Map<string, number>();
  for (let run = 0; run < 3000; run++) {
    const steps = randomSteps(random, 3, 0);
    const made: MessageFlow = { steps, optOut: random.next() < 0.5 ? flow.optOut : null };
    if (flowProblems(made).some((problem) => problem !== "no-steps")) {
      // Transfers inside a menu may hold a `repeat` that nothing surrounds: such a flow is refused.
      assert.ok(!messageFlow.safeParse(made).success, JSON.stringify(flowProblems(made)));
      continue;
    }
    let state = newMessage(made, random.next() < 0.5 ? [4] : []);
    let hangUps = 0;
    for (let n = 0; n < 60 && state.phase !== "over"; n++) {
      const step = messageStep(state, randomEvent(random, state.turn));
      if ("noted" in step) continue;
      state = step.state;
      hangUps += step.effects.filter(({ type }) => type === "hang-up").length;
    }
    // From here on the person is silent, and no agent is free.
    let moves = 0;
    for (; state.phase !== "over"; moves++) {
      assert.ok(moves < 4000, `no end: ${JSON.stringify(made)}`);
      const type = {
        listening: "begin",
        saying: "said",
        asking: "said",
        waiting: "timeout",
        transferring: "no-agent",
        greeted: "beep",
      }[state.phase] as "said";
      const step = messageStep(state, { type, turn: state.turn });
      assert.ok("state" in step, `stuck in ${state.phase}`);
      state = step.state;
      hangUps += step.effects.filter((effect) => effect.type === "hang-up").length;
    }
    ended.set(state.ended!, (ended.get(state.ended!) ?? 0) + 1);
    assert.equal(hangUps, state.ended === "left" || state.ended === "transferred" ? 0 : 1);
    for (const type of [
      "begin",
      "said",
      "timeout",
      "no-agent",
      "machine",
      "beep",
      "person",
      "left",
      "failed",
    ] as const)
      assert.ok("noted" in messageStep(state, { type, turn: state.turn }), type);
    const late = messageStep(state, { type: "key", key: "9" });
    assert.ok(
      "state" in late && late.state.phase === "over" && late.effects.every((e) => e.type === "pressed"),
    );
  }
  for (const end of ["played", "left", "transferred", "machine", "failed"])
    assert.ok(ended.get(end), `never ${end}`);
});

test("a flow with a fault is refused, one with gaps can be stored and says what it lacks", () => {
  const faults: [FlowStep[], string][] = [
    [[{ do: "hang-up" }, { do: "say", prompt: 1 }], "after-end"],
    [[{ do: "repeat" }], "nothing-to-repeat"],
    [[menu({ keys: [{ key: "9", label: "", steps: [] }] })], "repeated-key"],
    [[menu({ noKey: [menu({ noKey: [menu({ noKey: [menu({ noKey: [menu()] })] })] })] })], "too-deep"],
  ];
  for (const [steps, fault] of faults) {
    const parsed = messageFlow.safeParse({ ...flow, steps });
    assert.ok(!parsed.success && parsed.error.issues.some((issue) => issue.message === fault), fault);
  }
  const draft = messageFlow.parse({ steps: [{ do: "say", prompt: null }, menu({ keys: [] })], optOut: null });
  assert.deepEqual(flowProblems(draft).sort(), ["no-keys", "prompt-missing"]);
  assert.deepEqual(flowProblems({ steps: [], optOut: null }), ["no-steps"]);
});
