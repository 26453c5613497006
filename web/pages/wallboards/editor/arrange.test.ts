import assert from "node:assert/strict";
import { test } from "node:test";
import { newWidget, starterWidgets } from "../starter.ts";
import { byKey } from "./arrange.ts";

const board = starterWidgets().slice(0, 3);
const ids = (key: string, shiftKey = false, id = "w2") =>
  byKey(board, id, { key, shiftKey })?.map((one) => `${one.id} ${one.width}x${one.height}`);

test("arrows move a widget, Shift and arrows change its size within the board, Delete takes it away", () => {
  assert.deepEqual(ids("ArrowLeft"), ["w2 3x2", "w1 3x2", "w3 3x2"]);
  assert.deepEqual(ids("ArrowDown"), ["w1 3x2", "w3 3x2", "w2 3x2"]);
  assert.deepEqual(ids("ArrowLeft", false, "w1"), ["w1 3x2", "w2 3x2", "w3 3x2"]);
  assert.deepEqual(ids("ArrowRight", true), ["w1 3x2", "w2 4x2", "w3 3x2"]);
  assert.deepEqual(ids("ArrowUp", true), ["w1 3x2", "w2 3x1", "w3 3x2"]);
  assert.deepEqual(ids("Delete"), ["w1 3x2", "w3 3x2"]);
  assert.equal(ids("a"), undefined);
  const tiny = board.map((one) => ({ ...one, width: 1, height: 1 }));
  assert.deepEqual(byKey(tiny, "w1", { key: "ArrowLeft", shiftKey: true }), tiny);
});

test("a new widget of every type has an id of its own", () => {
  for (const type of ["number", "gauge", "states", "campaigns", "hours", "leaders", "clock", "text"] as const)
    assert.deepEqual([newWidget(type, board).id, newWidget(type, board).type], ["w4", type]);
});
