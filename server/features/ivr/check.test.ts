import assert from "node:assert/strict";
import { test } from "node:test";
import { ivrBlock } from "../../../shared/ivr/blocks.ts";
import { passesCheck } from "../../../shared/ivr/check-digits.ts";
import { checkFlow } from "../../../shared/ivr/check.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import { block, flow, serviceLine } from "../../../test/kit/ivr-flows.ts";

const asking = (more: object) =>
  checkFlow(flow(ivrBlock.parse({ id: "ask", title: "ask", ...more }), block("hang-up", "bye", {}))).flatMap(
    ({ problem, about }) =>
      problem === "open-exit" || problem === "unreachable" ? [] : [`${problem} ${about}`.trim()],
  );

test("what asks outside needs somebody to ask, something to ask, and variables that are known", () => {
  assert.deepEqual(asking({ kind: "http", url: "ftp://x" }), ["bad-address"]);
  assert.deepEqual(asking({ kind: "http", url: "https://{{caller.number}}/" }), ["bad-address"]);
  assert.deepEqual(asking({ kind: "http", url: "https://x/{{gone}}" }), ["unknown-variable gone"]);
  assert.deepEqual(asking({ kind: "sql" }), ["target-missing", "no-question"]);
  assert.deepEqual(
    asking({ kind: "sql", databaseId: 1, query: "select :caller.number::text, ':no', :gone" }),
    ["unknown-variable gone"],
  );
  assert.deepEqual(asking({ kind: "script" }), ["no-question"]);
});

test("what is said or sent has words for everybody, choices are told apart, and no secret is told", () => {
  const words = { zh: "您好", en: "" };
  const choice = { key: "bill", digit: "1", phrases: { zh: ["账单"] } };
  const choices = (...more: object[]) =>
    asking({ kind: "speech-choice", speech: words, keysSpeech: words, choices: more });
  assert.deepEqual(choices(), ["no-choices"]);
  assert.deepEqual(choices(choice), []);
  assert.deepEqual(choices(choice, { ...choice, key: "timeout", phrases: { zh: ["，账 单！"] } }), [
    "repeated-case timeout",
    "repeated-key 1",
    "repeated-phrase 账单",
  ]);
  assert.deepEqual(choices({ ...choice, digit: null, phrases: { en: ["bill"] } }), ["phrase-missing bill"]);
  const deaf = asking({ kind: "speech-choice", speech: words, choices: [choice] });
  assert.deepEqual(deaf, ["speech-missing"]);

  const message = (more: object) => asking({ kind: "message", text: words, ...more });
  assert.deepEqual(message({}), []);
  assert.deepEqual(message({ text: {} }), ["speech-missing"]);
  assert.deepEqual(message({ channel: "email" }), ["subject-missing"]);
  assert.deepEqual(message({ to: "ana@example.com" }), ["bad-recipient ana@example.com"]);
  assert.deepEqual(message({ channel: "email", subject: words, to: "13800138000" }), [
    "bad-recipient 13800138000",
  ]);
  assert.deepEqual(message({ to: "{{caller.number}}", text: { zh: "{{gone}}" } }), ["unknown-variable gone"]);
  const pin = block("collect", "pin", { next: "tell" }, { variable: "pin", secret: true });
  const tell = block("prompt", "tell", {}, { speech: { zh: "{{pin}}" } });
  const told = checkFlow(flow(pin, tell)).filter(({ problem }) => problem === "secret-told");
  assert.deepEqual(told, [{ blockId: "tell", problem: "secret-told", about: "pin" }]);
});

const line = (exits: object) =>
  checkFlow(
    flow(block("queue", "line", { timeout: "bye", ...exits }, { queueId: 1 }), block("hang-up", "bye", {})),
  );

test("a queue's reasons to give a caller back may lead nowhere, but not into a circle", () => {
  assert.deepEqual(line({}), []);
  assert.deepEqual(
    line({ full: "gone", key: "line", empty: "line" }).map(({ problem, about }) =>
      `${problem} ${about}`.trim(),
    ),
    ["unknown-block full", "loop"],
  );
});

test("identity numbers and cards by their check digits", () => {
  const table: [Parameters<typeof passesCheck>[0], string, boolean][] = [
    ["identity", "11010519491231002X", true],
    ["identity", "110105194912310021", false],
    ["identity", "11010519491331002X", false],
    ["luhn", "4111111111111111", true],
    ["luhn", "4111111111111112", false],
    ["phone", "13800138000", true],
    ["phone", "12", false],
  ];
  for (const [check, digits, expected] of table) assert.equal(passesCheck(check, digits), expected, digits);
});

const faults: [string, (document: IvrDocument) => void][] = [
  ["start-missing", (line) => void (line.start = "gone")],
  ["repeated-block", (line) => void line.blocks.push(line.blocks[0]!)],
  ["unknown-block", (line) => void (line.blocks[0]!.exits["next"] = "gone")],
  ["open-exit", (line) => void (line.blocks[0]!.exits["next"] = null)],
  ["unreachable", (line) => void (line.blocks[0]!.exits["next"] = "bye")],
  ["no-way-out", (line) => Object.assign(line.blocks[0]!.exits, { next: "hello" })],
  ["loop", (line) => void (find(line, "main2").exits["timeout"] = "unknown")],
  [
    "speech-missing",
    (line) => Object.assign(find(line, "main"), { speech: { promptId: null, zh: "", en: "x" } }),
  ],
  ["no-keys", (line) => Object.assign(find(line, "main"), { keys: [] })],
  ["repeated-key", (line) => Object.assign(find(line, "main"), { keys: [{ key: "1" }, { key: "1" }] })],
  ["no-cases", (line) => Object.assign(find(line, "known"), { cases: [] })],
  ["bad-range", (line) => Object.assign(find(line, "order"), { min: 9 })],
  ["unknown-zone", (line) => Object.assign(find(line, "open"), { timeZone: "Mars/Olympus" })],
  ["no-hours", (line) => Object.assign(find(line, "open"), { hours: {} })],
  ["target-missing", (line) => Object.assign(find(line, "ask"), { userId: null })],
  ["no-values", (line) => Object.assign(find(line, "chinese"), { values: [] })],
  [
    "unknown-variable",
    (line) => Object.assign(find(line, "found"), { speech: { promptId: null, zh: "{{gone}}", en: "" } }),
  ],
  ["unknown-flow", (line) => Object.assign(find(line, "complain"), { flowId: 9 })],
];
const find = (line: IvrDocument, id: string) => line.blocks.find((one) => one.id === id)!;
for (const [problem, change] of faults)
  test(`a flow with a fault is not published: ${problem}`, () => {
    const line = structuredClone(serviceLine());
    change(line);
    const found = checkFlow(line, new Set([2])).map((one) => one.problem);
    assert.ok(found.includes(problem as never), found.join(", "));
  });
