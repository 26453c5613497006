import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpRelay extends AsyncDisposable {
  readonly port: number;
  /** Every connection breaks, and no new one is taken until `mend`: a server that restarts. */
  cut(): void;
  /** What is sent vanishes without a word, of new connections too, until `mend`: a firewall that forgot, a dead switch. */
  swallow(): void;
  /** What is sent still arrives; the answers vanish. */
  swallowAnswers(): void;
  mend(): void;
}

interface Pair {
  near: Socket;
  far: Socket;
  /** Something of it was swallowed: TCP would find out that the ends no longer agree, and reset both. */
  isTorn: boolean;
}

/** A way to a TCP server that can be broken in two ways. */
export async function tcpRelay(target: { host: string; port: number }): Promise<TcpRelay> {
  const pairs = new Set<Pair>();
  let state: "whole" | "cut" | "swallows" | "swallows answers" = "whole";

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  }

  function carry(pair: Pair, from: Socket, to: Socket): void {
    from.on("data", (data) => {
      if (state === "swallows" || (state === "swallows answers" && from === pair.far)) pair.isTorn = true;
      else to.write(data);
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      if (state === "swallows") pair.isTorn = true;
      else end(pair);
    });
  }

  const server = createServer((near) => {
    if (state === "cut") {
      near.on("error", () => undefined);
      near.destroy();
      return;
    }
    const pair: Pair = { near, far: connect(target), isTorn: state === "swallows" };
    pairs.add(pair);
    carry(pair, pair.near, pair.far);
    carry(pair, pair.far, pair.near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    state = "cut";
    for (const pair of pairs) end(pair);
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    swallow: () => void (state = "swallows"),
    swallowAnswers: () => void (state = "swallows answers"),
    mend() {
      state = "whole";
      for (const pair of pairs) if (pair.isTorn) end(pair);
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
