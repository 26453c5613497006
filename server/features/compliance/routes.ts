import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import { doNotCallAdded, doNotCallInput, doNotCallQuery, doNotCallRow } from "../../../shared/do-not-call.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import { consentRoutes } from "./consents/routes.ts";
import { lockRoutes } from "./locks/routes.ts";
import { proofRoutes } from "./proof/routes.ts";
import { addDoNotCall, listDoNotCall, removeDoNotCall } from "./queries.ts";
import { registerRoutes, type RegisterRouteParts } from "./registers/routes.ts";
import { ruleRoutes } from "./rules/routes.ts";

/** Numbers as pasted: by line, comma, semicolon or tab. */
function readNumbers(text: string, country: string): { phones: string[]; invalid: string[] } {
  const typed = text.split(/[\n,;\t]+/).flatMap((part) => part.trim() || []);
  const read = typed.map((part) => ({ part, phone: parsePhone(part, country)?.e164 }));
  return {
    phones: [...new Set(read.flatMap(({ phone }) => phone ?? []))],
    invalid: read.flatMap(({ part, phone }) => (phone ? [] : [part.slice(0, 60)])),
  };
}

/** Every route of this feature. */
export function complianceRoutes(app: HttpApp, parts: RegisterRouteParts): void {
  doNotCallRoutes(app, parts);
  registerRoutes(app, parts);
  consentRoutes(app, parts);
  ruleRoutes(app, parts);
  proofRoutes(app, parts);
  lockRoutes(app, parts);
}

function doNotCallRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/do-not-call",
    {
      config: { allow: "compliance.see" },
      schema: { querystring: doNotCallQuery, response: { 200: pageOf(doNotCallRow) } },
    },
    async (request) => {
      const sees = principalOf(request).permissions.has("phones.see");
      const { items, total } = await listDoNotCall(database.db, request.query);
      return {
        total,
        items: items.map((row) => ({
          id: row.id,
          phone: sees ? row.phone : maskPhone(row.phone),
          campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? "" },
          source: row.source,
          reason: row.reason,
          by: row.by_name,
          expiresAt: row.expires_at?.toISOString() ?? null,
          createdAt: row.created_at.toISOString(),
        })),
      };
    },
  );
  app.post(
    "/api/v1/do-not-call",
    {
      config: { allow: "compliance.manage", idempotent: true },
      schema: { body: doNotCallInput, response: { 200: doNotCallAdded } },
    },
    async (request) => {
      const actor = principalOf(request);
      const { phones: text, campaignId, reason, expiresAt } = request.body;
      return database.transact(async (tx) => {
        const { phones, invalid } = readNumbers(text, (await readSettings(tx)).defaultCountry);
        const added = await addDoNotCall(
          tx,
          phones.map((phone) => ({
            phone,
            campaignId,
            source: "person",
            reason,
            expiresAt: expiresAt === null ? null : new Date(expiresAt),
            createdBy: actor.userId,
          })),
        );
        await recordAudit(tx, {
          actor,
          at: new Date(clock.now()),
          action: "do-not-call.added",
          noun: "do-not-call",
          detail: { added, campaignId, reason },
        });
        return { added, known: phones.length - added, invalid };
      });
    },
  );
  app.delete(
    "/api/v1/do-not-call/:id",
    { config: { allow: "compliance.manage" }, schema: { params: idParam, response: { 204: z.null() } } },
    async (request, reply) => {
      const actor = principalOf(request);
      const { id } = request.params;
      await database.transact(async (tx) => {
        const gone = await removeDoNotCall(tx, id);
        if (!gone) throw notFound("do-not-call entry", id);
        await recordAudit(tx, {
          actor,
          at: new Date(clock.now()),
          action: "do-not-call.removed",
          noun: "do-not-call",
          nounId: id,
          detail: { phone: maskPhone(gone.phone) },
        });
      });
      return reply.code(204).send(null);
    },
  );
}
