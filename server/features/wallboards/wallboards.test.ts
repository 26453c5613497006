import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, moved } from "../../../shared/wallboard-layout.ts";
import {
  keysOf,
  levelOf,
  liveFigure,
  parseWallKey,
  type Widget,
  widget,
} from "../../../shared/wallboards.ts";
import { countLive } from "./live-counts.ts";

const one = (given: object): Widget => widget.parse({ id: "x", width: 3, height: 2, ...given });

test("widgets stand side by side, fill gaps, and never cover each other", () => {
  const sizes = [
    { width: 6, height: 2 },
    { width: 3, height: 4 },
    { width: 12, height: 1 },
    { width: 6, height: 2 },
    { width: 3, height: 1 },
  ];
  const { placed, rows } = layOut(sizes);
  assert.deepEqual(
    placed.map(({ column, row }) => ({ column, row })),
    [
      { column: 0, row: 0 },
      { column: 6, row: 0 },
      { column: 0, row: 4 },
      { column: 0, row: 2 },
      { column: 9, row: 0 },
    ],
  );
  assert.equal(rows, 5);
  assert.deepEqual(layOut([]), { placed: [], rows: 0 });
});

test("a widget that is moved past an end stands at that end", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 9), ["b", "c", "a"]);
});

test("a value has the colour of the limit that it has reached", () => {
  const high = { direction: "above", warn: 0.02, bad: 0.03 } as const;
  assert.deepEqual(
    [0, 0.02, 0.029, 0.03, null].map((value) => levelOf(value, high)),
    ["good", "warn", "warn", "bad", "plain"],
  );
  const low = { direction: "below", warn: null, bad: 0.8 } as const;
  assert.deepEqual(
    [0.81, 0.8].map((value) => levelOf(value, low)),
    ["good", "bad"],
  );
  assert.equal(levelOf(1, null), "plain");
});

test("the longest wait grows by itself; nobody waits: none", () => {
  const live = { waitingSince: "2026-11-20T10:00:00.000Z" } as Parameters<typeof liveFigure>[1];
  const at = Date.parse("2026-11-20T10:00:09.000Z");
  assert.equal(liveFigure("longestWait", live, at), 9_000);
  assert.equal(liveFigure("longestWait", { ...live, waitingSince: null }, at), 0);
});

test("a board asks for its unit's figures, of each campaign that a widget names", () => {
  const widgets = [
    one({ type: "number", figure: "ready" }),
    one({ type: "hours", campaignId: 7 }),
    one({ type: "states", campaignId: 7 }),
  ];
  assert.deepEqual(keysOf({ unitId: 3, widgets }), ["3:0", "3:7"]);
  assert.deepEqual(parseWallKey("0:7"), { unitId: null, campaignId: 7 });
  assert.equal(parseWallKey("7"), undefined);
});

const person = (userId: number, state: "ready" | "talking" | "signed-out", campaignIds = [1]) => ({
  userId,
  state,
  campaignIds,
});
const call = (state: "waiting" | "talking", agentUserId: number | null, since: number, id = 1) =>
  ({ since, core: { state, agentUserId }, plan: { campaign: { id } } }) as never;

test("people of other units and campaigns do not count; a call that is nobody's yet counts for every unit", () => {
  const people = [
    person(1, "ready"),
    person(2, "talking"),
    person(3, "ready", [2]),
    person(4, "signed-out"),
    person(5, "ready"),
  ];
  const calls = [
    call("talking", 2, 1),
    call("waiting", null, 9_000),
    call("waiting", null, 5_000),
    call("talking", 5, 1),
    call("waiting", null, 0, 2),
  ];
  const shown = countLive(people, calls, { sees: (id) => id !== 5, campaignId: 1 });
  assert.deepEqual(
    [shown.signedIn, shown.ready, shown.talking, shown.linesTalking, shown.waiting, shown.waitingSince],
    [2, 1, 1, 1, 2, "1970-01-01T00:00:05.000Z"],
  );
  const all = countLive(people, calls, { sees: () => true, campaignId: null });
  assert.deepEqual([all.signedIn, all.ready, all.linesTalking, all.waiting], [4, 3, 2, 3]);
});
