import assert from "node:assert/strict";
import { test } from "node:test";
import { frameSamples } from "./frame.ts";
import { Feed, Player } from "./player.ts";

const of = (value: number, samples: number) => new Int16Array(samples).fill(value);

function played() {
  const ended: string[] = [];
  const player = new Player((id, completed) => ended.push(`${id}:${completed}`));
  const tick = (room = 0) => {
    const frame = of(room, frameSamples);
    player.tick(frame);
    return frame;
  };
  return { player, ended, tick };
}

test("sounds replace the room, follow each other inside a frame, repeat as told", () => {
  const { player, ended, tick } = played();
  player.add("a", of(1, 200), { repeat: 2 });
  player.add("b", of(2, 80), {});
  assert.deepEqual([...tick(9)], [...of(1, 160)]);
  assert.deepEqual([...tick(9)], [...of(1, 160)]);
  const third = tick(9);
  assert.deepEqual([third[79], third[80], third[159]], [1, 2, 2]);
  assert.deepEqual(ended, ["a:true", "b:true"]);
  assert.equal(player.busy, false);
});

test("what interrupts plays at once, and the music goes on where it was", () => {
  const { player, ended, tick } = played();
  const scale = Int16Array.from({ length: 500 }, (_, i) => i);
  player.add("music", scale, { repeat: "forever" });
  tick();
  player.add("prompt", of(-4, 160), { interrupts: true });
  assert.equal(tick()[0], -4);
  assert.equal(tick()[0], 160);
  player.add("cut", of(-5, 800), { interrupts: true });
  assert.equal(tick()[0], -5);
  player.stop("cut");
  assert.equal(tick()[0], 320);
  assert.deepEqual(ended, ["prompt:true", "cut:false"]);
});

test("what repeats for ever gives way to the next, and stops when told", () => {
  const { player, ended, tick } = played();
  player.add("music", of(3, 50), { repeat: "forever" });
  for (let i = 0; i < 100; i++) assert.equal(tick()[i], 3);
  player.add("prompt", of(4, 160), {});
  assert.equal(tick()[0], 4);
  player.add("music2", of(3, 50), { repeat: "forever" });
  player.stop();
  assert.deepEqual(ended, ["music:false", "prompt:true", "music2:false"]);
});

test("over the room: both are heard, at the gain asked for, limited to 16 bits; an empty sound ends at once", () => {
  const { player, ended, tick } = played();
  player.add("over", of(1000, 160), { overRoomDb: -20 });
  player.add("empty", of(0, 0), {});
  assert.equal(tick(500)[0], 100, "the empty sound replaced the room for one frame");
  player.add("loud", of(30_000, 320), { overRoomDb: 0 });
  assert.equal(tick(10_000)[0], 32_767);
  assert.deepEqual(ended, ["empty:true", "over:true"]);
});

test("a feed plays what comes, in pieces of any length, and drops the oldest beyond ten seconds", () => {
  const feed = new Feed();
  const tick = () => {
    const frame = of(1, frameSamples);
    feed.tick(frame);
    return [frame[0], frame[100], frame[159]];
  };
  feed.write(of(10, 90));
  feed.write(of(20, 90));
  assert.deepEqual(tick(), [11, 21, 21]);
  assert.deepEqual(tick(), [21, 1, 1]);
  for (let i = 0; i < 1100; i++) feed.write(of(i, 80));
  assert.deepEqual(tick(), [101, 102, 102]);
});
