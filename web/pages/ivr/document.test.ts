import assert from "node:assert/strict";
import { test } from "node:test";
import { blockKinds } from "../../../shared/ivr/blocks.ts";
import { checkFlow } from "../../../shared/ivr/check.ts";
import { blockOf, ivrDocument } from "../../../shared/ivr/flow.ts";
import { serviceLine } from "../../../test/kit/ivr-flows.ts";
import { blockWidth, heightOf, placesFor } from "./auto-layout.ts";
import { diffOf, isSame } from "./diff.ts";
import {
  addBlock,
  blocksOf,
  connect,
  insertBlock,
  moveBlocks,
  newDocument,
  pasteBlocks,
  removeBlocks,
  tidyExits,
} from "./document.ts";

test("blocks are added, connected, copied and removed; every drawing in between can be stored", () => {
  const drawn = newDocument();
  assert.deepEqual(
    checkFlow(drawn).map(({ problem }) => problem),
    ["speech-missing"],
  );
  const menu = addBlock(drawn, "menu", { after: { blockId: "greeting1", exit: "next" } });
  assert.equal(blockOf(menu.document, "greeting1")!.exits["next"], "menu1");
  const queue = addBlock(menu.document, "queue", { follows: "menu1" });
  assert.equal(blockOf(queue.document, "menu1")!.exits["1"], "queue1");
  const second = addBlock(queue.document, "queue", { follows: "menu1" });
  assert.deepEqual(blockOf(second.document, "menu1")!.exits, { "1": "queue1", "2": "queue2" });

  const copied = pasteBlocks(second.document, blocksOf(second.document, ["menu1", "queue1"]));
  assert.deepEqual(copied.ids, ["menu2", "queue3"]);
  assert.deepEqual(blockOf(copied.document, "menu2")!.exits, { "1": "queue3", "2": null });

  const between = insertBlock(second.document, "prompt", { blockId: "menu1", exit: "2" }).document;
  assert.deepEqual(
    [blockOf(between, "menu1")!.exits["2"], blockOf(between, "prompt1")!.exits["next"]],
    ["prompt1", "queue2"],
  );

  const without = removeBlocks(copied.document, ["queue1", "greeting1"]);
  assert.deepEqual([without.start, blockOf(without, "menu1")!.exits["1"]], ["hang_up1", null]);
  const all = without.blocks.map(({ id }) => id);
  assert.equal(removeBlocks(without, all), without, "the last block stays");

  const places = without.blocks.map(({ x, y }) => `${x} ${y}`);
  assert.equal(new Set(places).size, places.length, "no block covers another");
  const looped = connect(without, { blockId: "menu1", exit: "gone" }, "menu2");
  assert.equal("gone" in tidyExits(blockOf(looped, "menu1")!).exits, false);
  for (const one of [drawn, queue.document, copied.document, without]) ivrDocument.parse(one);
  assert.equal(moveBlocks(without, new Map()), without);
});

test("a new block of every kind can be drawn", () => {
  for (const kind of blockKinds) {
    const { document, id } = addBlock(newDocument(), kind, {});
    assert.deepEqual(ivrDocument.parse(document).blocks.at(-1)!.id, id);
  }
});

test("what differs between two versions is told by block, field and exit", () => {
  const before = serviceLine();
  assert.ok(isSame(diffOf(before, moveBlocks(before, new Map([["hello", { x: 900, y: 10 }]])))));
  const menu = blockOf(before, "main")!;
  const added = addBlock(removeBlocks(before, ["stay"]), "prompt", {}).document;
  const after = connect(
    {
      ...added,
      blocks: added.blocks.map((one) => (one.id === "main" ? { ...one, title: "Main menu" } : one)),
    },
    { blockId: "main", exit: "1" },
    "line",
  );
  const diff = diffOf(before, after);
  assert.deepEqual(
    [
      diff.added.map(({ id }) => id),
      diff.removed.map(({ id }) => id),
      diff.changed.map(({ block, what, exits }) => [block.id, what, exits]),
      diff.whole,
    ],
    [
      ["prompt1"],
      ["stay"],
      [
        [menu.id, ["title"], ["1"]],
        ["thanks", [], ["next"]],
      ],
      [],
    ],
  );
});

test("thirty blocks are placed so that none covers another, and those that follow stand to the right", () => {
  const document = serviceLine();
  const places = placesFor(document);
  const boxes = document.blocks.map((block) => ({
    id: block.id,
    ...places.get(block.id)!,
    height: heightOf(block),
  }));
  for (const [index, one] of boxes.entries())
    for (const other of boxes.slice(index + 1)) {
      const apart =
        Math.abs(one.x - other.x) >= blockWidth ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      assert.ok(apart, `${one.id} covers ${other.id}`);
    }
  assert.ok(places.get("hello")!.x < places.get("open")!.x);
  assert.deepEqual(placesFor(document), places, "the same drawing each time");
});
