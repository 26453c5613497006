import { z } from "zod";
import { idParam } from "../../../shared/common.ts";
import { smsFilter, smsList } from "../../../shared/sms.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict } from "../../kernel/errors.ts";
import { phoneFor } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { cancelSms, listSms } from "./queries.ts";

const tags = { tags: ["sms"] };

export function smsRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/sms",
    {
      config: { allow: "campaigns.see" },
      schema: { ...tags, querystring: smsFilter, response: { 200: smsList } },
    },
    async (request) => {
      const shown = phoneFor(principalOf(request));
      const { items, ...counts } = await listSms(database.db, request.query);
      return { items: items.map((row) => ({ ...row, phone: shown(row.phone) })), ...counts, channel: null };
    },
  );
  app.delete(
    "/api/v1/sms/:id",
    {
      config: { allow: "campaigns.manage" },
      schema: { ...tags, params: idParam, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const actor = principalOf(request);
      const at = new Date(clock.now());
      await database.transact(async (tx) => {
        const gone = await cancelSms(tx, id, at);
        if (!gone) throw conflict("sms-not-waiting", "This message does not wait any more.");
        await recordAudit(tx, { actor, at, action: "sms.cancelled", noun: "sms", nounId: id, detail: {} });
      });
      return reply.code(204).send(undefined);
    },
  );
}
