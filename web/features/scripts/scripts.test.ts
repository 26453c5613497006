import assert from "node:assert/strict";
import { test } from "node:test";
import { question, scriptEnd, scriptPage } from "../../../shared/scripts.ts";
import { emptyDraft } from "../desk/summary-draft.ts";
import { draftAfterEnd } from "./after-end.ts";
import { eventsOfChoice, firstOpen, keyLabels, targetsOf } from "./script-keys.ts";

const options = ["a", "b"].map((key) => ({ key, label: key }));
const page = scriptPage.parse({
  id: "p",
  title: "P",
  questions: [
    { key: "one", type: "single", label: "?", options },
    { key: "words", type: "text", label: "?" },
    { key: "some", type: "multiple", label: "?", options },
    { key: "grid", type: "matrix", label: "?", options, rows: options },
  ],
});

test("number keys: in order for choices, the value itself on a scale, a row at a time in a matrix", () => {
  const targets = targetsOf(page);
  assert.deepEqual(
    targets.map(({ question: asked, row }) => [asked.key, row]),
    [
      ["one", null],
      ["some", null],
      ["grid", "a"],
      ["grid", "b"],
    ],
  );
  assert.equal(firstOpen(targets, { one: "a", some: ["a"], grid: { a: "b" } }), 3);
  assert.deepEqual(keyLabels(question.parse({ key: "n", type: "nps", label: "?" })).slice(-3), [
    "8",
    "9",
    "-",
  ]);
  assert.deepEqual(eventsOfChoice(page, targets[1]!, 0, { some: ["a", "b"] }), [
    { type: "answer", key: "some", value: ["b"] },
  ]);
  assert.deepEqual(eventsOfChoice(page, targets[3]!, 1, { grid: { a: "b" } }), [
    { type: "answer", key: "grid", value: { a: "b", b: "b" } },
  ]);
});

test("a choice that is all a page asks goes on by itself; taken back it stays", () => {
  const alone = { ...page, questions: page.questions.slice(0, 1), next: "q" };
  const [target] = targetsOf(alone);
  assert.deepEqual(
    eventsOfChoice(alone, target!, 1, {}).map(({ type }) => type),
    ["answer", "next"],
  );
  assert.deepEqual(eventsOfChoice(alone, target!, 1, { one: "b" }), [
    { type: "answer", key: "one", value: null },
  ]);
});

const leaf = (id: number, label: string) => ({
  id,
  label,
  effect: "done" as const,
  success: true,
  children: [],
});

test("a last page fills the summary in and leaves what was written", () => {
  const dispositions = [{ ...leaf(1, "Interested"), children: [leaf(2, "Sold"), leaf(3, "Later")] }];
  const facts = { dispositions, variables: { "answer.nps": "9" }, now: 0 };
  const end = scriptEnd.parse({
    disposition: "Interested / Sold",
    callbackMinutes: 1,
    note: "NPS {{answer.nps}}",
  });
  const after = draftAfterEnd({ ...emptyDraft, note: "kind" }, end, facts);
  assert.deepEqual(
    [after.dispositionId, after.callbackAt, after.note],
    [2, "1970-01-01T00:01:00.000Z", "kind\nNPS 9"],
  );
  assert.deepEqual(draftAfterEnd(after, end, { ...facts, now: 9 }), after, "twice is once");
  const unknown = draftAfterEnd(emptyDraft, scriptEnd.parse({ disposition: "Interested" }), facts);
  assert.deepEqual(unknown, emptyDraft, "only leaves are chosen");
});
