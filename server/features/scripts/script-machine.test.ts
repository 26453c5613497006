import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../kernel/random.ts";
import { ruleHolds } from "../../../shared/answer-rules.ts";
import { checkScript } from "../../../shared/script-check.ts";
import {
  answersOnPath,
  fitsQuestion,
  isWalkOf,
  newWalk,
  scriptPageOf,
  progressOf,
  scaleOf,
  type WalkEvent,
  walkStep,
} from "../../../shared/script-machine.ts";
import { fillText, textBlocks } from "../../../shared/script-text.ts";
import { type Question, question, scriptDocument, type ScriptDocument } from "../../../shared/scripts.ts";

const is = (key: string, value: string) => ({ tests: [{ key, op: "is", value }] });
const yesNo = [
  { key: "yes", label: "Yes" },
  { key: "no", label: "No" },
];
const survey = (): ScriptDocument =>
  scriptDocument.parse({
    start: "hello",
    freeJump: false,
    pages: [
      {
        id: "hello",
        title: "Hello",
        text: "Hello {{lead.name|there}}",
        questions: [
          { key: "time", type: "single", label: "Have you got a minute?", required: true, options: yesNo },
        ],
        jumps: [
          { when: is("time", "yes"), to: "rate" },
          { when: is("time", "no"), to: "bye" },
        ],
      },
      {
        id: "rate",
        title: "Rate",
        questions: [{ key: "nps", type: "nps", label: "Would you recommend us?", required: true }],
        jumps: [{ when: { tests: [{ key: "nps", op: "at-most", value: "6" }] }, to: "why" }],
        next: "thanks",
      },
      {
        id: "why",
        title: "Why",
        questions: [{ key: "reason", type: "text", label: "What can we do better?" }],
        next: "thanks",
      },
      { id: "thanks", title: "Thanks", text: "Thank you", end: {} },
      { id: "bye", title: "Bye", text: "Sorry", end: { complete: false } },
    ],
  });

function walk(document: ScriptDocument, ...events: WalkEvent[]) {
  let at = newWalk(document);
  const refused: string[] = [];
  for (const event of events) {
    const step = walkStep(document, at, event);
    if ("walk" in step) at = step.walk;
    else refused.push([step.refused, ...step.keys].join(" "));
  }
  return { at, refused };
}
const answer = (key: string, value: unknown): WalkEvent => ({ type: "answer", key, value });
const next: WalkEvent = { type: "next" };
const back: WalkEvent = { type: "back" };

test("answers decide the way; a page that asks for an answer does not go on without one", () => {
  const script = survey();
  assert.deepEqual(checkScript(script), []);
  const { at, refused } = walk(
    script,
    next,
    answer("time", "maybe"),
    answer("time", "yes"),
    next,
    answer("nps", 3),
    next,
  );
  assert.deepEqual(refused, ["unanswered time", "bad-answer time"]);
  assert.deepEqual([at.pageId, at.trail], ["why", ["hello", "rate"]]);
  assert.ok(isWalkOf(script, at));
  assert.equal(walk(script, answer("time", "no"), next, next).refused[0], "at-end");
  assert.equal(walk(script, back).refused[0], "at-start");
});

test("who goes back and answers otherwise leaves the old branch's answers behind, but not lost", () => {
  const script = survey();
  const low = [answer("time", "yes"), next, answer("nps", 3), next, answer("reason", "price")];
  const { at } = walk(script, ...low, back, answer("nps", 9), next);
  assert.equal(at.pageId, "thanks");
  assert.deepEqual(answersOnPath(script, at), { time: "yes", nps: 9 });
  const again = walk(script, ...low, back, answer("nps", 9), next, back, answer("nps", 2), next);
  assert.deepEqual(answersOnPath(script, again.at), { time: "yes", nps: 2, reason: "price" });
});

test("a jump goes to any page, or, in a questionnaire, back to one already seen", () => {
  const script = survey();
  const begun = [answer("time", "yes"), next, answer("nps", 10), next];
  assert.deepEqual(walk(script, ...begun, { type: "jump", to: "rate" }).at.trail, ["hello"]);
  assert.deepEqual(walk(script, { type: "jump", to: "why" }).refused, ["no-page"]);
  const free = { ...script, freeJump: true };
  assert.deepEqual(walk(free, { type: "jump", to: "why" }).at, {
    pageId: "why",
    trail: ["hello"],
    answers: {},
  });
  assert.deepEqual(walk(free, { type: "jump", to: "nowhere" }).refused, ["no-page"]);
});

test("progress grows along the way and is whole on a last page", () => {
  const script = survey();
  const steps = [answer("time", "yes"), next, answer("nps", 3), next, next];
  const seen = steps.map((_, index) => progressOf(script, walk(script, ...steps.slice(0, index + 1)).at));
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 1);
});

test("each kind of question takes its own answers and no others", () => {
  const rows: [Partial<Question>, unknown[], unknown[]][] = [
    [{ type: "single", options: yesNo }, ["yes", null, ""], ["maybe", 1, ["yes"]]],
    [{ type: "multiple", options: yesNo }, [["no", "yes"], []], [["yes", "yes"], ["x"], "yes"]],
    [{ type: "scale", min: 1, max: 5 }, [1, 5], [0, 6, 2.5, "3"]],
    [{ type: "nps" }, [0, 10], [11, -1]],
    [{ type: "number", min: 0, max: null }, [0, 1.5], [-1, "1", Number.NaN]],
    [{ type: "text" }, ["x", " "], [3, "x".repeat(5001)]],
    [{ type: "date" }, ["2026-02-28"], ["2026-02-30", "28.2.2026", 3]],
    [
      { type: "matrix", options: yesNo, rows: [{ key: "a", label: "A" }] },
      [{ a: "no" }, {}],
      [{ b: "no" }, { a: "x" }, ["no"]],
    ],
  ];
  for (const [shape, good, bad] of rows) {
    const asked = question.parse({ key: "q", label: "?", ...shape });
    for (const value of good) assert.ok(fitsQuestion(asked, value), `${shape.type} ${JSON.stringify(value)}`);
    for (const value of bad) assert.ok(!fitsQuestion(asked, value), `${shape.type} ${JSON.stringify(value)}`);
  }
  assert.deepEqual(scaleOf({ type: "nps", min: null, max: null }).length, 11);
});

const holds = (match: "all" | "any", tests: [string, string, string][], answers: object) =>
  ruleHolds(
    { match, tests: tests.map(([key, op, value]) => ({ key, op: op as "is", value })) },
    answers as Record<string, unknown>,
  );

test("rules: every one or any one, over text, numbers and several choices", () => {
  assert.ok(
    holds(
      "all",
      [
        ["a", "is", "x"],
        ["n", "at-least", "3"],
      ],
      { a: ["y", "x"], n: 3 },
    ),
  );
  assert.ok(
    !holds(
      "all",
      [
        ["a", "is", "x"],
        ["n", "at-least", "3"],
      ],
      { a: "x", n: 2 },
    ),
  );
  assert.ok(
    holds(
      "any",
      [
        ["a", "is", "x"],
        ["n", "at-most", "3"],
      ],
      { n: 2 },
    ),
  );
  assert.ok(!holds("all", [["n", "at-most", "3"]], {}));
  assert.ok(!holds("all", [["a", "is-not", "x"]], {}), "no answer is no other answer");
  assert.ok(holds("all", [["a", "empty", ""]], { a: " " }));
  assert.ok(
    holds(
      "all",
      [
        ["a", "contains", "PRI"],
        ["b", "filled", ""],
      ],
      { a: "the price", b: false },
    ),
  );
});

type Change = (script: ScriptDocument) => void;
const page = (script: ScriptDocument, id: string) => scriptPageOf(script, id)!;
const faults: [string, Change][] = [
  ["null start-missing", (s) => void (s.start = "gone")],
  ["why repeated-page", (s) => void s.pages.push({ ...page(s, "why"), questions: [] })],
  ["rate repeated-question", (s) => void (page(s, "why").questions[0]!.key = "nps")],
  ["why title-missing", (s) => void (page(s, "why").title = "")],
  ["why page-empty", (s) => void (page(s, "why").questions = [])],
  ["hello no-options", (s) => void (page(s, "hello").questions[0]!.options = [])],
  ["hello option-empty", (s) => void (page(s, "hello").questions[0]!.options[0]!.label = "")],
  ["why question-empty", (s) => void (page(s, "why").questions[0]!.label = "")],
  ["why no-rows", (s) => Object.assign(page(s, "why").questions[0]!, { type: "matrix", options: yesNo })],
  ["why bad-range", (s) => Object.assign(page(s, "why").questions[0]!, { type: "scale", min: 5, max: 5 })],
  ["why dead-end", (s) => void (page(s, "why").next = null)],
  ["hello dead-end", (s) => void (page(s, "hello").questions[0]!.required = false)],
  ["thanks after-end", (s) => void (page(s, "thanks").next = "bye")],
  ["why unknown-page", (s) => void (page(s, "why").next = "gone")],
  ["why unreachable", (s) => void (page(s, "rate").jumps = [])],
  ["why no-way-out", (s) => void (page(s, "why").next = "why")],
  ["rate unknown-question", (s) => void (page(s, "rate").jumps[0]!.when.tests[0]!.key = "gone")],
  ["hello unknown-option", (s) => void (page(s, "hello").jumps[0]!.when.tests[0]!.value = "gone")],
  ["hello unknown-variable", (s) => void (page(s, "hello").text = "{{leed.name}}")],
  ["hello unknown-variable", (s) => void (page(s, "hello").text = "{{answer.gone}}")],
  [
    "why loop",
    (s) => {
      Object.assign(page(s, "why"), {
        questions: [],
        text: "Listen",
        jumps: [{ when: { match: "all", ...is("nps", "3") }, to: "why" }],
      });
    },
  ],
];
for (const [fault, change] of faults)
  test(`a script with a fault is not published: ${fault}`, () => {
    const script = survey();
    change(script);
    const found = checkScript(script).map(({ pageId, problem }) => `${pageId} ${problem}`);
    assert.ok(found.includes(fault), found.join(", "));
  });

test("a circle that asks is no fault", () => {
  const script = survey();
  page(script, "why").next = "rate";
  assert.deepEqual(checkScript(script), []);
});

test("words: marks, hints, variables with words that stand in, and values that are never read for marks", () => {
  const known = { "lead.name": "**Ana**", "lead.due": "" };
  assert.equal(fillText("Hi {{ lead.name }}, {{lead.due|soon}}{{lead.city}}", known), "Hi **Ana**, soon");
  const shape = textBlocks(
    "# Hi **{{lead.name}}**\nTell **now**\nor *later*\n\n- one\n- two\n> wait",
    known,
  ).map(
    ({ kind, runs }) =>
      `${kind}: ${runs.map(({ mark, text, stress = mark }) => `${stress}(${text})`).join("")}`,
  );
  assert.deepEqual(shape, [
    "heading: plain(Hi )strong(**Ana**)",
    "paragraph: plain(Tell )strong(now)plain(\n)plain(or )gentle(later)",
    "item: plain(one)",
    "item: plain(two)",
    "hint: plain(wait)",
  ]);
});

test("whatever happens in a script without faults, its walk stays one of it and an end stays in reach", () => {
  const random = seededRandom(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;
  const script = survey();
  const ids = [...script.pages.map((one) => one.id), "gone"];
  const values = ["yes", "no", 3, 9, "text", null, ["yes"], {}];
  const ended = new Set<string>();
  for (let run = 0; run < 500; run++) {
    let at = newWalk(script);
    for (let step = 0; step < 25; step++) {
      const event = pick<WalkEvent>([
        next,
        next,
        back,
        { type: "jump", to: pick(ids) },
        answer(pick(["time", "nps", "reason", "gone"]), pick(values)),
      ]);
      const result = walkStep(script, at, event);
      if ("walk" in result) at = result.walk;
      assert.ok(isWalkOf(script, at));
    }
    for (let tries = 0; !scriptPageOf(script, at.pageId)!.end; tries++) {
      assert.ok(tries < 20);
      for (const [key, value] of [
        ["time", "yes"],
        ["nps", 9],
      ] as const) {
        const given = walkStep(script, at, answer(key, value));
        if ("walk" in given) at = given.walk;
      }
      const moved = walkStep(script, at, next);
      assert.ok("walk" in moved, JSON.stringify(moved));
      at = moved.walk;
    }
    ended.add(at.pageId);
  }
  assert.deepEqual([...ended].sort(), ["bye", "thanks"]);
});
