import { createContext, use, useCallback, useMemo, useSyncExternalStore } from "react";
import type { LiveTopics } from "../../shared/live.ts";
import { base } from "./api.ts";
import { after } from "./steady-timer.ts";
import { selection } from "./live-selection.ts";
import { LiveFeed, type LiveSocket, type LiveSocketEvents, type LiveTopic } from "./live.ts";

/** Opens the WebSocket of a feed at a path of this server; `first` is said before all else. */
function openLine(path: string, events: LiveSocketEvents, first?: unknown): LiveSocket {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  socket.addEventListener("open", () => {
    if (first !== undefined) socket.send(JSON.stringify(first));
    events.opened();
  });
  socket.addEventListener("message", (event) => events.received(String(event.data)));
  socket.addEventListener("close", () => events.closed());
  return socket;
}

/** The page's one feed; in a hidden tab too. */
export const liveFeed = new LiveFeed((events) => openLine(`${base}/live`, events), after);
addEventListener("online", () => liveFeed.hurry());

/** A feed of its own for a part of the page: of another path, which `first` opens. Connected while it is followed. */
export const openFeed = (path: string, first: unknown): LiveFeed =>
  new LiveFeed((events) => openLine(`${base}${path}`, events, first), after);

/** The feed that the hooks below follow: the page's one, unless a part of the page brings its own. */
export const LiveFeedContext = createContext(liveFeed);

type Items<T> = Readonly<Record<string, T>>;

/**
 * The entities of one live topic by key, kept up to date by push: `useLive<LiveAgent>("agents").items`. Renders again
 * with every change of the topic; in long lists use `useLiveItem` and `useLiveSelect`.
 */
export function useLive<T>(topic: string): Omit<LiveTopic, "items"> & { items: Items<T> } {
  const feed = use(LiveFeedContext);
  const subscribe = useCallback((changed: () => void) => feed.subscribe(topic, changed), [feed, topic]);
  const view = useSyncExternalStore(subscribe, () => feed.view(topic));
  return view as Omit<LiveTopic, "items"> & { items: Items<T> };
}

/** One entity of a topic; renders again only when it changed. A null key is nothing. */
export function useLiveItem<K extends keyof LiveTopics>(
  topic: K,
  key: string | number | null,
): LiveTopics[K] | undefined {
  const feed = use(LiveFeedContext);
  const subscribe = useCallback(
    (changed: () => void) => (key === null ? () => {} : feed.subscribeKey(topic, String(key), changed)),
    [feed, topic, key],
  );
  return useSyncExternalStore(subscribe, () => (key === null ? undefined : feed.view(topic).items[key])) as
    | LiveTopics[K]
    | undefined;
}

/**
 * What `select` makes of a topic's entities; renders again only when that differs. `select` and `same` must be the
 * same functions from render to render (of the module, or by `useCallback`); for lists, `same` is `sameList`.
 */
export function useLiveSelect<K extends keyof LiveTopics, R>(
  topic: K,
  select: (items: Items<LiveTopics[K]>) => R,
  same: (one: R, other: R) => boolean = Object.is,
): R {
  const feed = use(LiveFeedContext);
  const subscribe = useCallback((changed: () => void) => feed.subscribe(topic, changed), [feed, topic]);
  const read = useMemo(
    () => selection(() => feed.view(topic).items as Items<LiveTopics[K]>, select, same),
    [feed, topic, select, same],
  );
  return useSyncExternalStore(subscribe, read);
}

/** Looks at a topic as it is when it is called; for what is done on a press. Somebody else must follow the topic. */
export function useLiveLook<K extends keyof LiveTopics>(topic: K): () => Items<LiveTopics[K]> {
  const feed = use(LiveFeedContext);
  return useCallback(() => feed.view(topic).items as Items<LiveTopics[K]>, [feed, topic]);
}

/** Whether a topic is up to date; renders again only when that changes. */
export function useLiveStatus(topic: string): LiveTopic["status"] {
  const feed = use(LiveFeedContext);
  const subscribe = useCallback((changed: () => void) => feed.subscribe(topic, changed), [feed, topic]);
  return useSyncExternalStore(subscribe, () => feed.view(topic).status);
}
