import { WebSocket } from "ws";
import type { LiveMessage } from "../../shared/live.ts";

/** A line to a live feed, open: what came in order, and what each topic holds now. */
export async function liveSocket(address: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(address.replace("http", "ws"), { headers });
  const messages: Exclude<LiveMessage, { type: "beat" }>[] = [];
  // oxlint-disable-next-line typescript/no-explicit-any -- each topic has its own shape, which the test asserts
  const items: Record<string, Record<string, any>> = {};
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as LiveMessage;
    if (message.type === "beat") return;
    messages.push(message);
    if (message.type === "snapshot") items[message.topic] = { ...message.items };
    if (message.type !== "change") return;
    Object.assign(items[message.topic]!, message.set);
    for (const key of message.gone) delete items[message.topic]![key];
  });
  await new Promise((resolve) => socket.once("open", resolve));
  const say = (message: object) => socket.send(JSON.stringify(message));
  return { socket, messages, items, say };
}
