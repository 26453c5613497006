import { liveSocket } from "./live-socket.ts";
import type { Person } from "./person.ts";
import { until } from "./until.ts";

/** A page's view of some topics. */
export async function watchLive(url: string, who: Person, ...topics: string[]) {
  const { socket, messages, items, say } = await liveSocket(`${url}/api/v1/live`, who.headers);
  for (const topic of topics) say({ type: "subscribe", topic });
  await until("every topic has answered", () => messages.length >= topics.length);
  return { items, messages, [Symbol.dispose]: () => socket.terminate() };
}
