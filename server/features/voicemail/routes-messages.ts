import { z } from "zod";
import { pageOf } from "../../../shared/common.ts";
import { messageChange, type MessageChange, messageQuery, messageRow } from "../../../shared/voicemail.ts";
import type { Tx } from "../../kernel/db.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { phoneFor, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { activeUsers, ownBox } from "./queries-boxes.ts";
import { messageFor, messagesFor, peopleOf, updateMessage } from "./queries-messages.ts";
import { askTranscript } from "./queries-transcripts.ts";
import { tags, use, type VoicemailRouteParts } from "./route-parts.ts";

const one = z.object({ id: z.uuid() });

export function messageRoutes(
  app: HttpApp,
  { database, mailboxes, transcriber, clock, sendRecording }: VoicemailRouteParts,
): void {
  async function demandMessage({ userId }: Principal, id: string) {
    const found = await messageFor(database.db, userId, id);
    if (!found) throw notFound("message", id);
    return found;
  }

  /** Those who see the message before and after are told. */
  async function change(
    actor: Principal,
    id: string,
    action: string,
    work: (tx: Tx) => Promise<Record<string, unknown>>,
  ): Promise<void> {
    await demandMessage(actor, id);
    const before = await peopleOf(database.db, id);
    await database.transact(async (tx) => {
      const detail = { messageId: id, ...(await work(tx)) };
      const at = new Date(clock.now());
      await recordAudit(tx, { actor, at, action: `voicemail.${action}`, noun: "voicemail", detail });
    });
    mailboxes.changed([...new Set([...before, ...(await peopleOf(database.db, id))])]);
  }

  async function write(
    tx: Tx,
    id: string,
    { heard, assignedToId, forwardToId, transcribe }: MessageChange,
  ): Promise<void> {
    const named = [assignedToId, forwardToId].flatMap((userId) => userId ?? []);
    const known = await activeUsers(tx, named);
    if (named.some((userId) => !known.includes(userId)))
      throw invalid("person-unknown", "This person is not there any more.");
    const columns = {
      ...(heard !== undefined && { heard_at: heard ? new Date(clock.now()) : null }),
      ...(assignedToId !== undefined && { assigned_to: assignedToId }),
      // For who gets it, it is new.
      ...(forwardToId !== undefined && {
        box_id: await ownBox(tx, forwardToId),
        assigned_to: null,
        heard_at: null,
        called_out_at: null,
      }),
    };
    if (Object.keys(columns).length > 0) await updateMessage(tx, id, columns);
    if (transcribe) await askTranscript(tx, id, new Date(clock.now()));
  }

  app.get(
    "/api/v1/voicemail/messages",
    { config: use, schema: { ...tags, querystring: messageQuery, response: { 200: pageOf(messageRow) } } },
    async (request) => {
      const principal = principalOf(request);
      const shown = phoneFor(principal);
      const isWhole = shown("+8613800138000") === "+8613800138000";
      const { items, total } = await messagesFor(database.db, principal.userId, request.query, isWhole);
      return { items: items.map((item) => ({ ...item, phone: shown(item.phone) })), total };
    },
  );
  app.get(
    "/api/v1/voicemail/messages/:id/audio",
    { config: use, schema: { ...tags, params: one, response: {} } },
    async (request, reply) => {
      const actor = principalOf(request);
      await demandMessage(actor, request.params.id);
      return sendRecording({ id: request.params.id, actor, range: request.headers.range }, reply);
    },
  );
  app.patch(
    "/api/v1/voicemail/messages/:id",
    { config: use, schema: { ...tags, params: one, body: messageChange, response: { 204: z.null() } } },
    async (request, reply) => {
      const { body, params } = request;
      await change(principalOf(request), params.id, "changed", async (tx) => {
        await write(tx, params.id, body);
        return body;
      });
      if (body.transcribe) transcriber.wake();
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/voicemail/messages/:id",
    { config: use, schema: { ...tags, params: one, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id } = request.params;
      await change(principalOf(request), id, "deleted", async (tx) => {
        await updateMessage(tx, id, { deleted_at: new Date(clock.now()) });
        return {};
      });
      return reply.code(204).send(null);
    },
  );
}
