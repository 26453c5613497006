import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveMessage } from "../../shared/live.ts";
import { LiveFeed, type LiveSocketEvents } from "./live.ts";

function line() {
  const sockets: { events: LiveSocketEvents; sent: string[]; over: boolean }[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const feed = new LiveFeed(
    (events) => {
      const socket = {
        events,
        sent: [] as string[],
        over: false,
        send(text: string) {
          const { type, topic } = JSON.parse(text) as { type: string; topic: string };
          this.sent.push(`${type} ${topic}`);
        },
        close() {
          this.over = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
  );
  const say = (message: LiveMessage) => sockets.at(-1)!.events.received(JSON.stringify(message));
  return { feed, sockets, timers, say };
}

test("given a snapshot and changes, the topic follows", () => {
  const { feed, sockets, say } = line();
  let changes = 0;
  const leave = feed.subscribe("agents", () => changes++);
  sockets[0]!.events.opened();
  assert.deepEqual(sockets[0]!.sent, ["subscribe agents"]);
  say({ type: "snapshot", topic: "agents", seq: 4, items: { 1: "ready", 2: "paused" } });
  say({ type: "change", topic: "agents", seq: 5, set: { 1: "talking" }, gone: ["2"] });
  assert.deepEqual(feed.view("agents"), { status: "live", code: null, items: { 1: "talking" } });
  assert.equal(changes, 2);
  leave();
  assert.ok(sockets[0]!.over, "the last to leave closes the line");
});

test("given a gap, it subscribes again and takes the new snapshot", () => {
  const { feed, sockets, say } = line();
  feed.subscribe("calls", () => undefined);
  sockets[0]!.events.opened();
  say({ type: "snapshot", topic: "calls", seq: 1, items: {} });
  say({ type: "change", topic: "calls", seq: 3, set: { a: 1 }, gone: [] });
  assert.deepEqual(sockets[0]!.sent, ["subscribe calls", "subscribe calls"]);
  assert.deepEqual(feed.view("calls").items, {}, "a change after a gap is not applied");
  say({ type: "snapshot", topic: "calls", seq: 3, items: { a: 1 } });
  assert.deepEqual(feed.view("calls").items, { a: 1 });
});

test("given a lost line, it keeps what it knew, waits longer each time, and subscribes everything again", () => {
  const { feed, sockets, timers, say } = line();
  feed.subscribe("calls", () => undefined);
  feed.subscribe("agents", () => undefined);
  sockets[0]!.events.opened();
  say({ type: "snapshot", topic: "calls", seq: 1, items: { a: 1 } });
  sockets[0]!.events.closed();
  assert.deepEqual(feed.view("calls"), { status: "connecting", code: null, items: { a: 1 } });
  assert.equal(timers[0]!.ms, 500);
  timers.shift()!.run();
  sockets[1]!.events.closed();
  assert.equal(timers[0]!.ms, 1000);
  timers.shift()!.run();
  sockets[2]!.events.opened();
  assert.deepEqual(sockets[2]!.sent, ["subscribe calls", "subscribe agents"]);
});

test("given a try that hangs, or a network that is back, the next try is at once", () => {
  const { feed, sockets, timers } = line();
  const leave = feed.subscribe("agents", () => {});
  timers[0]!.run();
  assert.deepEqual([sockets[0]!.over, timers.length], [true, 1]);
  feed.hurry();
  assert.equal(sockets.length, 2);
  feed.hurry();
  feed.redial();
  assert.equal(sockets.length, 2, "a try that is under way is left alone");
  sockets[1]!.events.opened();
  feed.redial();
  assert.deepEqual([sockets[1]!.over, timers.at(-1)!.ms], [true, 0]);
  leave();
});

test("given a refusal, the page learns the code", () => {
  const { feed, sockets, say } = line();
  feed.subscribe("trunks", () => undefined);
  sockets[0]!.events.opened();
  say({ type: "refused", topic: "trunks", code: "forbidden" });
  assert.deepEqual(feed.view("trunks"), { status: "refused", code: "forbidden", items: {} });
});

test("given followers of single keys, a change tells those whose value is another", () => {
  const { feed, sockets, say } = line();
  const told: string[] = [];
  const leave = feed.subscribeKey("agents", "1", () => told.push("1"));
  feed.subscribeKey("agents", "2", () => told.push("2"));
  sockets[0]!.events.opened();
  say({ type: "snapshot", topic: "agents", seq: 1, items: { 1: "ready", 2: "ready", 3: "ready" } });
  assert.deepEqual(told.splice(0), ["1", "2"]);
  say({ type: "change", topic: "agents", seq: 2, set: { 2: "talking", 3: "paused" }, gone: [] });
  assert.deepEqual(told.splice(0), ["2"]);
  leave();
  say({ type: "change", topic: "agents", seq: 3, set: { 1: "paused" }, gone: ["2"] });
  assert.deepEqual(told, ["2"]);
});

test("given a line on which nothing comes, not even a beat, it is given up for a new one", () => {
  const { feed, sockets, timers, say } = line();
  feed.subscribe("agents", () => undefined);
  sockets[0]!.events.opened();
  say({ type: "snapshot", topic: "agents", seq: 1, items: { 1: "ready" } });
  const wait = () => timers.shift()!.run();
  wait();
  say({ type: "beat" });
  wait();
  assert.equal(feed.view("agents").status, "live");
  wait();
  assert.deepEqual([feed.view("agents").status, sockets[0]!.over], ["connecting", true]);
  wait();
  assert.equal(sockets.length, 2);
});
