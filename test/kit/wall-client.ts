import { liveSocket } from "./live-socket.ts";
import { until } from "./until.ts";

/** A screen on a wall: opens with a secret, follows everything that it is shown. */
export async function watchWall(url: string, token: string) {
  const { socket, messages, items, say } = await liveSocket(`${url}/api/v1/wall`);
  let closed: number | undefined;
  socket.on("close", (code) => (closed = code));
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
