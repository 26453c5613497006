import type { ImportRow } from "../../../shared/imports.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Hub } from "./hub.ts";

/** Finished imports stay in the topic until so many newer ones have come. */
const kept = 50;

/** Topic `imports`: where each import stands, as its own feature tells. Returns the unsubscriber. */
export function addImportTopic(hub: Hub, events: EventBus): () => void {
  const rows = new Map<number, ImportRow>();
  hub.add({
    name: "imports",
    allow: "leads.see",
    snapshot: () => Object.fromEntries(rows),
    read: (key) => rows.get(Number(key)),
  });
  return events.on("import.changed", ({ item }) => {
    rows.delete(item.id);
    rows.set(item.id, item);
    hub.touch("imports", String(item.id));
    const [oldest] = rows.keys();
    if (rows.size <= kept || oldest === undefined) return;
    rows.delete(oldest);
    hub.touch("imports", String(oldest));
  });
}
