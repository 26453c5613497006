/**
 * The other end of the bare echo: keeps `window` datagrams of `bytes` under way to `port` for `ms`, then tells how many
 * came back. `{ port, bytes, window, ms }` comes as the first message from the parent.
 */
import { createSocket } from "node:dgram";

process.once("message", ({ port, bytes, window, ms }: Record<string, number>) => {
  const socket = createSocket("udp4");
  const data = Buffer.alloc(bytes ?? 0, 65);
  let echoed = 0;
  const send = () => socket.send(data, port, "127.0.0.1");
  socket.on("message", () => {
    echoed++;
    send();
  });
  socket.bind(0, "127.0.0.1", () => {
    for (let i = 0; i < window!; i++) send();
    setTimeout(() => {
      process.send!({ echoed });
      process.disconnect();
      socket.close();
    }, ms);
  });
});
