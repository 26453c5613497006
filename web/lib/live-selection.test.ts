import assert from "node:assert/strict";
import { test } from "node:test";
import { sameList, selection } from "./live-selection.ts";

test("a selection is made once for the same items, and stays the same value while nothing differs", () => {
  let items: Record<string, string> = { 1: "ready", 2: "talking" };
  let made = 0;
  const ready = selection(
    () => items,
    (all) => {
      made++;
      return Object.keys(all).filter((key) => all[key] === "ready");
    },
    sameList,
  );
  const first = ready();
  assert.equal(ready(), first);
  assert.equal(made, 1);
  items = { ...items, 2: "paused" };
  assert.equal(ready(), first, "another list, but of the same agents");
  items = { ...items, 2: "ready" };
  assert.deepEqual(ready(), ["1", "2"]);
  assert.equal(made, 3);
});
