import assert from "node:assert/strict";
import { test } from "node:test";
import type { DispositionNode } from "../../../shared/campaigns.ts";
import { findDispositions } from "./find-dispositions.ts";

const node = (label: string, ...children: DispositionNode[]): DispositionNode => ({
  label,
  effect: "done",
  success: false,
  children,
});
const tree = [
  node("Sold", node("Gold card"), node("Blue card")),
  node("没有兴趣", node("价格")),
  node("Wrong"),
];
const found = (text: string) =>
  findDispositions(tree, text).map((path) => path.map(({ label }) => label).join("/"));

test("leaves are found by words anywhere on their way, in any order; branches are not results", () => {
  assert.deepEqual(found(""), ["Sold/Gold card", "Sold/Blue card", "没有兴趣/价格", "Wrong"]);
  assert.deepEqual(found("CARD sold"), ["Sold/Gold card", "Sold/Blue card"]);
  assert.deepEqual(found("blue"), ["Sold/Blue card"]);
  assert.deepEqual(found("价"), ["没有兴趣/价格"]);
  assert.deepEqual(found("sold wrong"), []);
});
