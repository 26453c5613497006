/**
 * Notices that the way to the database swallows what is sent, which TCP itself tells after a quarter of an hour. A
 * question that stays without a byte of answer makes a connection suspect; then another connection asks the
 * server what became of it:
 *
 *     no answer either          the way is dead: every connection is cut, new ones fail at once until it answers
 *     the question is worked on a slow query: it is waited for
 *     nothing runs, seen twice  this one connection is dead: it is cut
 *
 * What was cut may live on at the server with its locks; such sessions are ended once it answers.
 */
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import pg from "pg";

/** The driver's connection, which its types leave out. */
type Client = pg.Client & {
  readonly connection: EventEmitter & { readonly stream: Socket };
  readonly processID: number | null;
};

interface Way {
  client: Client;
  /** Questions under way; the handshake is one. */
  asked: number;
  /** Of `performance.now()`: when the oldest of them was sent, or something was heard since. */
  heardAt: number;
  /** At the last look the server had nothing to do for it. */
  wasIdle: boolean;
}

export interface WatchLimits {
  /** So long a question may stay without any answer. */
  quietMs: number;
  /** So long the other connection has for each step. */
  probeMs: number;
  everyMs: number;
}

export const watchLimits: WatchLimits = { quietMs: 5_000, probeMs: 5_000, everyMs: 1_000 };

export interface DatabaseWatch extends Disposable {
  /** What a pool makes its connections with. */
  readonly Client: typeof pg.Client;
}

const gone = () => Object.assign(new Error("The database does not answer."), { code: "ETIMEDOUT" });

/** An error that the server itself has sent: it is there. */
const isAnswer = (error: unknown) => error instanceof pg.DatabaseError;

/** A process that itself stood still has first to read what has come meanwhile. */
const breathe = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** `name` is the application name of all connections of this process and of no other. */
export function watchDatabase(url: string, name: string, limits = watchLimits): DatabaseWatch {
  const ways = new Set<Way>();
  let left: number[] = [];
  let isDown = false;
  let looking = false;

  function track(client: Client): void {
    const way: Way = { client, asked: 1, heardAt: performance.now(), wasIdle: false };
    const { connection } = client;
    ways.add(way);
    connection.once("end", () => ways.delete(way));
    connection.on("readyForQuery", () => (way.asked = Math.max(0, way.asked - 1)));
    connection.once("readyForQuery", () => connection.stream.on("data", () => heard(way)));
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const counted = (...asked: unknown[]) => {
      if (way.asked++ === 0) heard(way);
      return query(...asked);
    };
    client.query = counted as typeof client.query;
    // The driver connects in this very tick.
    if (isDown) process.nextTick(() => connection.stream.destroy(gone()));
  }

  function heard(way: Way): void {
    way.heardAt = performance.now();
    way.wasIdle = false;
  }

  function cut({ client }: Way): void {
    if (client.processID) left.push(client.processID);
    client.connection.stream.destroy(gone());
  }

  const isQuiet = (way: Way) => way.asked > 0 && performance.now() - way.heardAt > limits.quietMs;

  /** Asks over a connection of its own for the sessions of this process that do nothing; ends those left behind. */
  async function probe(): Promise<Set<number>> {
    const { probeMs } = limits;
    const client = new pg.Client({
      connectionString: url,
      application_name: `${name} probe`,
      connectionTimeoutMillis: probeMs,
      query_timeout: probeMs,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const dead = left;
      const living = [...ways].flatMap((way) => way.client.processID ?? []);
      const { rows } = await client.query<{ pid: number; idle: boolean }>(
        `select pid, state like 'idle%' as idle,
           case when pid = any($2) and not pid = any($3) then pg_terminate_backend(pid) end as ended
         from pg_stat_activity where application_name = $1 and backend_type = 'client backend'`,
        [name, dead, living],
      );
      left = left.filter((pid) => !dead.includes(pid));
      return new Set(rows.filter((row) => row.idle).map((row) => row.pid));
    } finally {
      // Without waiting: the way may be dead.
      void client.end().catch(() => undefined);
      (client as Client).connection.stream.destroySoon();
    }
  }

  async function look(): Promise<void> {
    await breathe();
    const before = [...ways].filter(isQuiet);
    if (before.length === 0 && left.length === 0 && !isDown) return;
    try {
      const idle = await probe();
      isDown = false;
      for (const way of before.filter((each) => ways.has(each) && isQuiet(each))) {
        const { processID } = way.client;
        const isIdle = processID === null || idle.has(processID);
        if (isIdle && way.wasIdle) cut(way);
        way.wasIdle = isIdle;
      }
    } catch (error) {
      await breathe();
      if (isAnswer(error)) isDown = false;
      else if (isDown || before.some((way) => ways.has(way) && isQuiet(way))) {
        isDown = true;
        for (const way of ways) cut(way);
      }
    }
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => (looking = false));
  }, limits.everyMs).unref();

  /** Called by the pool with `new`. */
  function WatchedClient(options: pg.ClientConfig): pg.Client {
    const client = new pg.Client(options) as Client;
    track(client);
    return client;
  }
  return {
    Client: WatchedClient as unknown as typeof pg.Client,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
