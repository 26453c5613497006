import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A network cable between browsers and the server's HTTP port that can be pulled; audio takes another way. */
export interface WeakLink extends AsyncDisposable {
  readonly url: string;
  cut(): void;
  /** Nothing passes any more, and nobody is told: connections look open. */
  stall(): void;
  mend(): void;
  /** The server has started again, elsewhere: from now on connections go there. */
  moveTo(serverUrl: string): void;
}

export async function weakLink(serverUrl: string): Promise<WeakLink> {
  let port = Number(new URL(serverUrl).port);
  const sockets = new Set<Socket>();
  let whole = true;
  let stalled = false;
  const server = createServer((near) => {
    if (stalled) {
      sockets.add(near);
      near.on("error", () => near.destroy());
      return near.pause();
    }
    if (!whole) return near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      drop();
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      if (stalled) drop();
      stalled = false;
      whole = true;
    },
    moveTo(url) {
      port = Number(new URL(url).port);
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      drop();
      await closed;
    },
  };
}
