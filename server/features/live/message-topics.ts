/** Topics `messages` and `sent-messages`: what supervisors tell agents, from both sides. */
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { sentMessages, unreadMessages } from "../supervision/index.ts";
import type { Hub } from "./hub.ts";

/** Of a touched `<user>:<message>`, for that user the message's key. */
function ownKey(key: string, { userId }: Principal): string | undefined {
  const [owner, id] = key.split(":");
  return Number(owner) === userId ? id : undefined;
}

const byId = <T extends { id: number }>(items: T[]) =>
  Object.fromEntries(items.map((item) => [item.id, item]));

/** Returns the unsubscriber. */
export function addMessageTopics(
  hub: Hub,
  { db, events, clock }: { db: Db; events: EventBus; clock: Clock },
): () => void {
  const now = () => new Date(clock.now());
  hub.add({
    name: "messages",
    allow: "desk.use",
    snapshot: async ({ userId }) => byId(await unreadMessages(db, userId, now())),
    read: async (key, { userId }) => (await unreadMessages(db, userId, now(), Number(key)))[0],
    keyFor: ownKey,
  });
  hub.add({
    name: "sent-messages",
    allow: "agents.supervise",
    snapshot: async ({ userId }) => byId(await sentMessages(db, userId, now())),
    read: async (key, { userId }) => (await sentMessages(db, userId, now(), Number(key)))[0],
    keyFor: ownKey,
  });
  return events.on("message.changed", ({ messageId, fromUserId, userIds }) => {
    for (const userId of userIds) hub.touch("messages", `${userId}:${messageId}`);
    hub.touch("sent-messages", `${fromUserId}:${messageId}`);
  });
}
