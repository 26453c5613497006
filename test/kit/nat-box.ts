import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";

/**
 * A router with network address translation between browsers and the server's media ports. Browsers find a server
 * port behind `portFor`; the server sees each browser at a port of ours.
 */
export interface NatBox extends AsyncDisposable {
  portFor(serverPort: number): Promise<number>;
  /** Nothing passes, in either direction. */
  cut(): void;
  mend(): void;
  /** Every browser has another address from now on, as after a change of network. */
  rebind(): void;
}

async function bound(): Promise<Socket> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

export function natBox(): NatBox {
  const fronts = new Map<number, Promise<Socket>>();
  let backs = new Map<string, Socket>();
  let whole = true;

  function backFor(front: Socket, serverPort: number, browser: RemoteInfo): Socket {
    const key = `${serverPort} ${browser.address}:${browser.port}`;
    const known = backs.get(key);
    if (known) return known;
    const back = createSocket("udp4").bind(0, "127.0.0.1");
    back.on("message", (data) => {
      if (whole) front.send(data, browser.port, browser.address);
    });
    backs.set(key, back);
    return back;
  }

  async function open(serverPort: number): Promise<Socket> {
    const front = await bound();
    front.on("message", (data, browser) => {
      if (whole) backFor(front, serverPort, browser).send(data, serverPort, "127.0.0.1");
    });
    return front;
  }

  const closeBacks = () => {
    for (const back of backs.values()) back.close();
    backs = new Map();
  };

  return {
    async portFor(serverPort) {
      if (!fronts.has(serverPort)) fronts.set(serverPort, open(serverPort));
      return (await fronts.get(serverPort)!).address().port;
    },
    cut: () => void (whole = false),
    mend: () => void (whole = true),
    rebind: closeBacks,
    async [Symbol.asyncDispose]() {
      whole = false;
      for (const front of fronts.values()) (await front).close();
      closeBacks();
    },
  };
}
