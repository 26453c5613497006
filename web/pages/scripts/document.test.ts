import assert from "node:assert/strict";
import { test } from "node:test";
import { checkScript } from "../../../shared/script-check.ts";
import { scriptDocument, type ScriptDocument } from "../../../shared/scripts.ts";
import { addPage, addQuestion, copyPage, putPage, removePage, retyped } from "./document.ts";
import { layout, waysOf } from "./graph-layout.ts";
import { readScriptFile, scriptFileText } from "./script-file.ts";

const words = { option: "Option", row: "Row" };
const begun = (): ScriptDocument =>
  scriptDocument.parse({
    start: "p1",
    pages: [
      { id: "p1", title: "One", text: "Hello", next: "p2" },
      { id: "p2", title: "Two", end: {} },
    ],
  });

test("pages are added behind the chosen one, copied with keys of their own, and removed with the ways to them", () => {
  const asked = addQuestion(begun(), begun().pages[0]!, "single", words);
  const first = asked.pages[0]!;
  assert.deepEqual(
    first.questions[0]!.options.map((option) => option.label),
    ["Option 1", "Option 2"],
  );
  const jumping = putPage(asked, {
    ...first,
    jumps: [{ when: { match: "all", tests: [{ key: "q1", op: "is", value: "o1" }] }, to: "p2" }],
  });
  const copied = copyPage(jumping, jumping.pages[0]!);
  const copy = copied.document.pages[1]!;
  assert.deepEqual(
    [copied.id, copy.questions[0]!.key, copy.jumps[0]!.when.tests[0]!.key],
    ["p3", "q2", "q2"],
  );
  const added = addPage(copied.document, "New", "p3");
  assert.deepEqual(
    added.document.pages.map((page) => page.id),
    ["p1", "p3", "p4", "p2"],
  );
  const without = removePage(added.document, "p2");
  assert.deepEqual([without.pages[0]!.next, without.pages[0]!.jumps], [null, []]);
  assert.equal(removePage(without, "p1").start, "p3");
});

test("another kind of question keeps its words and has what it needs", () => {
  const [asked] = addQuestion(begun(), begun().pages[0]!, "single", words).pages[0]!.questions;
  const named = { ...asked!, label: "Which?" };
  const matrix = retyped(named, "matrix", words);
  assert.deepEqual([matrix.label, matrix.rows.length, matrix.options.length], ["Which?", 2, 2]);
  assert.deepEqual([retyped(named, "scale", words).min, retyped(named, "scale", words).max], [1, 5]);
});

test("the graph has every page once, the first on top, a page below those that lead to it", () => {
  const { document } = addPage(begun(), "Lost", undefined);
  const places = new Map(layout(document).map((place) => [place.id, place.y]));
  assert.equal(places.size, 3);
  assert.ok(places.get("p1")! < places.get("p2")! && places.get("p2")! < places.get("p3")!);
  assert.deepEqual(waysOf(document), [{ from: "p1", to: "p2", jump: null }]);
  assert.ok(
    checkScript(document).some(({ problem, pageId }) => problem === "unreachable" && pageId === "p3"),
  );
});

test("a file is read as it was written; another file is none of ours", () => {
  const script = { name: "Visit", kind: "questionnaire" as const, document: begun() };
  assert.deepEqual(readScriptFile(scriptFileText(script)), script);
  for (const text of ["", "{}", JSON.stringify(script), '{"format":"waihu-script","name":"x"}'])
    assert.equal(readScriptFile(text), null);
});
