import { WebSocket } from "ws";
import type { LiveMessage } from "../../shared/live.ts";
import { until } from "./until.ts";

/** A screen on a wall: opens with a secret, follows everything that it is shown. */
export async function watchWall(url: string, token: string) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/wall`);
  const messages: Exclude<LiveMessage, { type: "beat" }>[] = [];
  // oxlint-disable-next-line typescript/no-explicit-any -- each topic has its own shape, which the test asserts
  const items: Record<string, Record<string, any>> = {};
  let closed: number | undefined;
  socket.on("close", (code) => (closed = code));
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
  const topics = ["screen", "wall-live", "wall-day"];
  say({ type: "open", token });
  for (const topic of topics) say({ type: "subscribe", topic });
  await until("the screen is shown or refused", () => {
    const answers = messages.filter(({ type }) => type !== "change");
    return answers.length >= topics.length || answers.some(({ type }) => type === "refused");
  });
  return {
    items,
    messages,
    subscribe: (topic: string) => say({ type: "subscribe", topic }),
    closed: () => until("the line is closed", () => closed),
    [Symbol.dispose]: () => socket.terminate(),
  };
}
