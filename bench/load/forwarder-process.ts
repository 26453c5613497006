/**
 * The limit of the runtime: bare `dgram` sockets, one a leg, each datagram sent on unread from the other leg of its
 * pair to the load. It does nothing that a media process can do without.
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { raisePriority } from "./priority.ts";

raisePriority();
const legs = Number(process.argv[2]);
const loadPorts = (process.argv[3] ?? "").split(",").map(Number);

async function openSocket(_: unknown, leg: number): Promise<Socket> {
  const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
  const listening = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await listening;
  socket.connect(loadPorts[leg % loadPorts.length]!, "127.0.0.1");
  return socket.on("error", () => undefined);
}

const sockets = await Promise.all(Array.from({ length: legs }, openSocket));
for (const [leg, socket] of sockets.entries()) {
  const other = sockets[leg ^ 1]!;
  socket.on("message", (datagram) => other.send(datagram));
}
process.on("disconnect", () => process.exit());
process.send!(sockets.map((socket) => socket.address().port));
