import type { MessageAudience, MessageInput } from "../../../shared/floor.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { recordAudit } from "../audit/index.ts";
import { visibleUserIds } from "../users/index.ts";
import type { ActParts } from "./act.ts";
import { acknowledge, addMessage } from "./queries.ts";
import "./events.ts";

export interface Messages {
  /** To those meant who are signed in and whom the sender sees. Errors (409): `nobody-there`. */
  send(actor: Principal, input: MessageInput): Promise<{ id: number; recipients: number }>;
  /** Errors (404): not this person's, or acknowledged before. */
  acknowledge(userId: number, messageId: number, reply: string): Promise<void>;
}

export function createMessages(deps: Omit<ActParts, "calls">): Messages {
  const { database, agents, clock, events } = deps;

  async function meant(actor: Principal, to: MessageAudience): Promise<(userId: number) => boolean> {
    switch (to.type) {
      case "all":
        return () => true;
      case "agents":
        return (userId) => to.userIds.includes(userId);
      case "campaign":
        return (userId) => agents.get(userId)?.campaignIds.includes(to.campaignId) ?? false;
      case "team": {
        const unit = { userId: actor.userId, orgUnitId: to.unitId, scope: "subtree" as const };
        const ids = await visibleUserIds(database.db, unit);
        return (userId) => ids.includes(userId as never);
      }
    }
  }

  return {
    async send(actor, { to, text }) {
      const [seen, isMeant] = await Promise.all([visibleUserIds(database.db, actor), meant(actor, to)]);
      const recipients = agents
        .all()
        .map(({ userId }) => userId)
        .filter((id) => id !== actor.userId && (seen === "all" || seen.includes(id)) && isMeant(id));
      if (recipients.length === 0)
        throw conflict("nobody-there", "Nobody whom this message is for is signed in.");
      const at = new Date(clock.now());
      const id = await database.transact(async (tx) => {
        const from = { at, fromUserId: actor.userId };
        const messageId = await addMessage(tx, { ...from, to, text, act: null, detail: {}, recipients });
        const detail = { to, text, recipients: recipients.length };
        await recordAudit(tx, {
          actor,
          at,
          action: "message.sent",
          noun: "message",
          nounId: messageId,
          detail,
        });
        return messageId;
      });
      events.publish("message.changed", { messageId: id, fromUserId: actor.userId, userIds: recipients });
      return { id, recipients: recipients.length };
    },
    async acknowledge(userId, messageId, reply) {
      const at = new Date(clock.now());
      const fromUserId = await database.transact((tx) => acknowledge(tx, { messageId, userId, at, reply }));
      if (fromUserId === undefined) throw notFound("message", messageId);
      events.publish("message.changed", { messageId, fromUserId, userIds: [userId] });
    },
  };
}
