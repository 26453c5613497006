import { useCallback, useSyncExternalStore } from "react";
import { base } from "./api.ts";
import { after } from "./steady-timer.ts";
import { LiveFeed, type LiveSocket, type LiveSocketEvents, type LiveTopic } from "./live.ts";

function connect(events: LiveSocketEvents): LiveSocket {
  const url = new URL(`${base}/live`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  socket.addEventListener("open", () => events.opened());
  socket.addEventListener("message", (event) => events.received(String(event.data)));
  socket.addEventListener("close", () => events.closed());
  return socket;
}

/** The page's one feed; in a hidden tab too. */
export const liveFeed = new LiveFeed(connect, after);
addEventListener("online", () => liveFeed.hurry());

/** The entities of one live topic by key, kept up to date by push: `useLive<LiveAgent>("agents").items`. */
export function useLive<T>(topic: string): Omit<LiveTopic, "items"> & { items: Readonly<Record<string, T>> } {
  const subscribe = useCallback((changed: () => void) => liveFeed.subscribe(topic, changed), [topic]);
  const view = useSyncExternalStore(subscribe, () => liveFeed.view(topic));
  return view as Omit<LiveTopic, "items"> & { items: Readonly<Record<string, T>> };
}
