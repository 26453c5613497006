import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import type { LiveMessage } from "../../../shared/live.ts";
import type { Permission } from "../../../shared/permissions.ts";
import { manualClock } from "../../kernel/clock.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { silentLog } from "../../kernel/log.ts";
import { createHub, type LiveSocket } from "./hub.ts";

class Socket extends EventEmitter implements LiveSocket {
  bufferedAmount = 0;
  closed: number | undefined;
  readonly got: LiveMessage[] = [];
  send(data: string): void {
    this.got.push(JSON.parse(data) as LiveMessage);
  }
  close(code?: number): void {
    this.closed = code;
    this.emit("close");
  }
  ask(type: "subscribe" | "unsubscribe", topic: string): Promise<void> {
    this.emit("message", Buffer.from(JSON.stringify({ type, topic })));
    return new Promise((resolve) => void setImmediate(resolve));
  }
}
const person = (...permissions: Permission[]) =>
  ({ userId: 1, permissions: new Set(permissions) }) as unknown as Principal;

function hubOfNumbers() {
  const values = new Map<string, number>([["a", 1]]);
  const hub = createHub({ clock: manualClock(), log: silentLog });
  let reads = 0;
  hub.add({
    name: "numbers",
    allow: "live.see",
    snapshot: () => Object.fromEntries(values),
    read: (key) => (reads++, values.get(key)),
  });
  const set = (key: string, value: number | undefined) => {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    hub.touch("numbers", key);
  };
  return { hub, set, reads: () => reads };
}

test("a snapshot, then changes without gaps in their numbers; many changes of one key are one", async () => {
  const { hub, set, reads } = hubOfNumbers();
  const socket = new Socket();
  hub.accept(socket, person("live.see"));
  await socket.ask("subscribe", "numbers");
  for (let i = 0; i < 50; i++) set("b", i);
  set("a", undefined);
  set("never shown", undefined);
  await hub.flush();
  await hub.flush();
  assert.deepEqual(socket.got, [
    { type: "snapshot", topic: "numbers", seq: 1, items: { a: 1 } },
    { type: "change", topic: "numbers", seq: 2, set: { b: 49 }, gone: ["a"] },
  ]);
  assert.equal(reads(), 3);
});

test("who may not see a topic is refused; nonsense closes the line", async () => {
  const { hub } = hubOfNumbers();
  const socket = new Socket();
  hub.accept(socket, person());
  await socket.ask("subscribe", "numbers");
  await socket.ask("subscribe", "secrets");
  assert.deepEqual(
    socket.got.map((m) => "code" in m && m.code),
    ["forbidden", "unknown-topic"],
  );
  socket.emit("message", Buffer.from("{"));
  assert.equal(socket.closed, 1007);
});

test("a client that does not keep up gets everything it missed as one change", async () => {
  const { hub, set } = hubOfNumbers();
  const socket = new Socket();
  hub.accept(socket, person("live.see"));
  await socket.ask("subscribe", "numbers");
  socket.bufferedAmount = 10_000_000;
  for (let i = 0; i < 5; i++) {
    set(`k${i}`, i);
    await hub.flush();
  }
  assert.equal(socket.got.length, 1);
  socket.bufferedAmount = 0;
  await hub.flush();
  assert.deepEqual(socket.got[1], {
    type: "change",
    topic: "numbers",
    seq: 2,
    set: { k0: 0, k1: 1, k2: 2, k3: 3, k4: 4 },
    gone: [],
  });
});
