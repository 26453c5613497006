/**
 * Topics to WebSockets: a snapshot, then changes, at most twenty times a second for each client and topic; of topics that
 * many things change (`gathers`), together and seven times, for each time is a frame that a browser draws. Values
 * are read when they are sent, once for each client, with that client's permissions: a number that may not be
 * seen never leaves the server. A client that does not keep up gets no changes until it has drained, then all
 * that it missed as one.
 */
import type { LiveMessage } from "../../../shared/live.ts";
import { liveRequest } from "../../../shared/live.ts";
import type { Clock } from "../../kernel/clock.ts";
import { isConnectionLost } from "../../kernel/db.ts";
import type { Principal } from "../../kernel/http/access.ts";
import type { Log } from "../../kernel/log.ts";
import type { Permission } from "../../../shared/permissions.ts";

/** The part of `ws` that the hub uses. */
export interface LiveSocket {
  send(data: string): void;
  close(code?: number): void;
  readonly bufferedAmount: number;
  on(event: "message", listener: (data: Buffer) => void): unknown;
  on(event: "close", listener: () => void): unknown;
}

/** Whom the hub serves: a person, or a screen with rights of its own. */
export type Viewer = Pick<Principal, "userId" | "permissions">;

export interface Topic<V extends Viewer = Principal> {
  name: string;
  allow: Permission;
  /** Of hundreds of things: what changes goes out together with that of other such topics. */
  gathers?: true;
  /** Every key this person sees now, with its value. */
  snapshot(principal: V): Promise<Record<string, unknown>> | Record<string, unknown>;
  /** The value of one key for this person; undefined: gone, or not theirs to see. */
  read(key: string, principal: V): unknown;
  /** Turns a key that changed into the key as this client knows it; undefined: not for them. */
  keyFor?(key: string, principal: V): string | undefined;
}

export interface Hub<V extends Viewer = Principal> extends AsyncDisposable {
  add(topic: Topic<V>): void;
  /** Something changed; it is sent with the next flush. */
  touch(topic: string, key: string): void;
  accept(socket: LiveSocket, principal: V): void;
  /** A person's rights changed: their connections start over. */
  drop(userId: number): void;
  /** Ends the connections of those for whom `whom` holds. */
  end(whom: (viewer: V) => boolean): void;
  /** Sends what is due now; for tests. */
  flush(): Promise<void>;
  subscribers(topic: string): number;
}

interface Subscription<V extends Viewer> {
  topic: Topic<V>;
  seq: number;
  dirty: Set<string>;
  /** Keys the client has, so that what was never shown is not taken away. */
  shown: Set<string>;
  ready: boolean;
}

interface Client<V extends Viewer> {
  socket: LiveSocket;
  principal: V;
  subscriptions: Map<string, Subscription<V>>;
  busy: boolean;
  /** When topics that gather were sent last. */
  gatheredAt: number;
  /** Flushes that it sits out, for the database is gone. */
  rests: number;
}

const flushMs = 50;
/** 500 agents with 50 changes a second: a browser without a graphics card is at 36 % of a core with 50 ms, and p95 from the change to the screen at 73 ms. */
const gatherMs = 150;
const beatMs = 2_000;
/** Flushes between two tries while the database is gone. */
const restFlushes = 20;
/** A client with this much unsent does not keep up. */
const highWaterBytes = 512 * 1024;

export function createHub<V extends Viewer = Principal>({ clock, log }: { clock: Clock; log: Log }): Hub<V> {
  const topics = new Map<string, Topic<V>>();
  const clients = new Set<Client<V>>();

  const send = (client: Client<V>, message: LiveMessage) => client.socket.send(JSON.stringify(message));

  async function subscribe(client: Client<V>, name: string): Promise<void> {
    const topic = topics.get(name);
    if (!topic || !client.principal.permissions.has(topic.allow))
      return send(client, { type: "refused", topic: name, code: topic ? "forbidden" : "unknown-topic" });
    const seq = client.subscriptions.get(name)?.seq ?? 0;
    const subscription: Subscription<V> = { topic, seq, dirty: new Set(), shown: new Set(), ready: false };
    client.subscriptions.set(name, subscription);
    const items = await topic.snapshot(client.principal);
    if (client.subscriptions.get(name) !== subscription) return;
    subscription.shown = new Set(Object.keys(items));
    subscription.ready = true;
    send(client, { type: "snapshot", topic: name, seq: ++subscription.seq, items });
  }

  function receive(client: Client<V>, data: Buffer): void {
    let request;
    try {
      request = liveRequest.parse(JSON.parse(data.toString()));
    } catch {
      return client.socket.close(1007);
    }
    if (request.type === "unsubscribe") return void client.subscriptions.delete(request.topic);
    subscribe(client, request.topic).catch((error: unknown) => {
      log.error({ err: error, topic: request.topic }, "live snapshot failed");
      client.socket.close(1011);
    });
  }

  async function flushOne(client: Client<V>, subscription: Subscription<V>): Promise<void> {
    const { topic, dirty, shown } = subscription;
    subscription.dirty = new Set();
    const set: Record<string, unknown> = {};
    const gone: string[] = [];
    for (const key of dirty) {
      const value = await topic.read(key, client.principal);
      if (value !== undefined) {
        set[key] = value;
        shown.add(key);
      } else if (shown.delete(key)) gone.push(key);
    }
    if (Object.keys(set).length === 0 && gone.length === 0) return;
    send(client, { type: "change", topic: topic.name, seq: ++subscription.seq, set, gone });
  }

  /** Without a database what changed waits; one topic does not hold up another that needs none. */
  async function tryFlush(client: Client<V>, subscription: Subscription<V>): Promise<void> {
    const { dirty } = subscription;
    try {
      await flushOne(client, subscription);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      for (const key of dirty) subscription.dirty.add(key);
      client.rests = restFlushes;
    }
  }

  async function flushClient(client: Client<V>, all: boolean): Promise<void> {
    if (client.busy || client.socket.bufferedAmount > highWaterBytes) return;
    if (client.rests > 0) return void client.rests--;
    const gathered = all || clock.now() - client.gatheredAt >= gatherMs;
    const due = [...client.subscriptions.values()].filter(
      ({ ready, dirty, topic }) => ready && dirty.size > 0 && (gathered || !topic.gathers),
    );
    if (due.some(({ topic }) => topic.gathers)) client.gatheredAt = clock.now();
    client.busy = true;
    try {
      for (const subscription of due) await tryFlush(client, subscription);
    } catch (error) {
      // What was lost on the way comes with a new snapshot.
      log.error({ err: error }, "live changes failed");
      client.socket.close(1011);
    } finally {
      client.busy = false;
    }
  }

  const flush = async (all: boolean) =>
    void (await Promise.all([...clients].map((client) => flushClient(client, all))));
  const timer = clock.every(flushMs, () => void flush(false));
  const beat = clock.every(beatMs, () => {
    for (const client of clients)
      if (client.socket.bufferedAmount <= highWaterBytes) send(client, { type: "beat" });
  });

  return {
    add: (topic) => void topics.set(topic.name, topic),
    touch(name, key) {
      for (const { subscriptions, principal } of clients) {
        const subscription = subscriptions.get(name);
        if (!subscription) continue;
        const own = subscription.topic.keyFor ? subscription.topic.keyFor(key, principal) : key;
        if (own !== undefined) subscription.dirty.add(own);
      }
    },
    accept(socket, principal) {
      const client: Client<V> = {
        socket,
        principal,
        subscriptions: new Map(),
        busy: false,
        gatheredAt: -Infinity,
        rests: 0,
      };
      clients.add(client);
      socket.on("message", (data) => receive(client, data));
      socket.on("close", () => void clients.delete(client));
    },
    drop(userId) {
      for (const client of clients) if (client.principal.userId === userId) client.socket.close(4001);
    },
    end(whom) {
      for (const client of clients) if (whom(client.principal)) client.socket.close(4001);
    },
    flush: () => flush(true),
    subscribers: (name) => [...clients].filter((client) => client.subscriptions.has(name)).length,
    async [Symbol.asyncDispose]() {
      timer.cancel();
      beat.cancel();
      for (const client of clients) client.socket.close(1001);
    },
  };
}
