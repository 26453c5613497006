import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A peer that writes SIP by hand: what it receives comes one by one, what it sends is any text. */
export interface RawSip extends AsyncDisposable {
  readonly port: number;
  /** The next message that came, whole. */
  next(): Promise<string>;
  send(port: number, text: string): void;
}

export async function rawSip(): Promise<RawSip> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const came: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on("message", (data) => {
    const text = data.toString("latin1");
    const first = waiting.shift();
    if (first) first(text);
    else came.push(text);
  });
  return {
    port: socket.address().port,
    next() {
      const first = came.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    send: (port, text) => socket.send(Buffer.from(text, "latin1"), port, "127.0.0.1"),
    async [Symbol.asyncDispose]() {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

/** A response to a request as text; `tag` goes to To when it has none. */
export function answerTo(
  request: string,
  status: string,
  options: { tag?: string; headers?: string[]; body?: string } = {},
): string {
  const copied = request.match(/^(?:Via|From|To|Call-ID|CSeq|Record-Route): .*$/gm)!.join("\r\n");
  const hasTag = /^To: .*;tag=/m.test(copied) || options.tag === undefined;
  const head = hasTag ? copied : copied.replace(/^To: [^\r\n]*/m, `$&;tag=${options.tag}`);
  const { headers = [], body = "" } = options;
  return `SIP/2.0 ${status}\r\n${[head, ...headers].join("\r\n")}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
