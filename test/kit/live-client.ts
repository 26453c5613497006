import { WebSocket } from "ws";
import type { LiveMessage } from "../../shared/live.ts";
import type { Person } from "./person.ts";
import { until } from "./until.ts";

/** A page's view of some topics. */
export async function watchLive(url: string, who: Person, ...topics: string[]) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/live`, { headers: who.headers });
  const messages: LiveMessage[] = [];
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
  for (const topic of topics) socket.send(JSON.stringify({ type: "subscribe", topic }));
  await until("every topic has answered", () => messages.length >= topics.length);
  return { items, messages, [Symbol.dispose]: () => socket.terminate() };
}
