import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

export interface UdpRelay extends AsyncDisposable {
  /** Where A finds B, and where B finds A. */
  readonly portForA: number;
  readonly portForB: number;
  /** First lines of all that came, in order, also of what was dropped. */
  readonly seen: string[];
}

async function bind(): Promise<Socket> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

/**
 * A network between two SIP stacks that loses what `drop` says. It writes itself in place of each side's
 * address, so that the whole dialog passes through it. `times` counts how often this same message has come.
 */
export async function udpRelay(
  ports: { a: number; b: number },
  drop: (message: { text: string; from: "a" | "b"; times: number }) => boolean,
): Promise<UdpRelay> {
  const [forA, forB] = [await bind(), await bind()];
  const counts = new Map<string, number>();
  const seen: string[] = [];
  const [portForA, portForB] = [forA.address().port, forB.address().port];

  function pass(from: "a" | "b", data: Buffer): void {
    const text = data.toString("latin1");
    seen.push(`${from}: ${text.slice(0, text.indexOf("\r\n"))}`);
    const times = (counts.get(text) ?? 0) + 1;
    counts.set(text, times);
    if (drop({ text, from, times })) return;
    const swapped = text.replace(/127\.0\.0\.1:(\d+)/g, (address, port: string) => {
      const found = { [ports.a]: portForB, [portForA]: ports.b, [ports.b]: portForA, [portForB]: ports.a }[
        port
      ];
      return found === undefined ? address : `127.0.0.1:${String(found)}`;
    });
    if (from === "a") forB.send(Buffer.from(swapped, "latin1"), ports.b, "127.0.0.1");
    else forA.send(Buffer.from(swapped, "latin1"), ports.a, "127.0.0.1");
  }

  forA.on("message", (data) => pass("a", data));
  forB.on("message", (data) => pass("b", data));
  return {
    portForA,
    portForB,
    seen,
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [forA, forB].map(async (socket) => {
          const closed = once(socket, "close");
          socket.close();
          await closed;
        }),
      );
    },
  };
}
