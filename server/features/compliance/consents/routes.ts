import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import {
  consentInput,
  consentQuery,
  type ConsentRow,
  consentRow,
  consentWithdrawal,
} from "../../../../shared/consents.ts";
import { maskPhone } from "../../../../shared/permissions.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import { invalid, notFound } from "../../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { parsePhone } from "../../../kernel/phone-number.ts";
import { recordAudit } from "../../audit/index.ts";
import { readSettings } from "../../settings/index.ts";
import { consentsOf, insertConsent, numbersOf, withdrawConsent } from "./queries.ts";

type Stored = Awaited<ReturnType<typeof consentsOf>>[number];

const present = (row: Stored, sees: boolean): ConsentRow => ({
  id: row.id,
  phone: sees ? row.phone : maskPhone(row.phone),
  kinds: row.kinds,
  purposes: row.purposes,
  form: row.form,
  source: row.source,
  proof: row.proof,
  recordingCallId: row.recording_call_id,
  givenAt: row.given_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  withdrawnReason: row.withdrawn_reason,
  by: row.by_name,
});

/** Consents of a lead, a customer or a number; given and withdrawn by whoever works with customers. */
export function consentRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/consents",
    {
      config: { allow: "customers.see" },
      schema: { tags: ["compliance"], querystring: consentQuery, response: { 200: pageOf(consentRow) } },
    },
    async (request) => {
      const sees = principalOf(request).permissions.has("phones.see");
      const { phone, ...who } = request.query;
      const { defaultCountry } = await readSettings(database.db);
      const typed = phone === undefined ? [] : [parsePhone(phone, defaultCountry)?.e164 ?? phone];
      const rows = await consentsOf(database.db, [...typed, ...(await numbersOf(database.db, who))]);
      return onePage(rows.map((row) => present(row, sees)));
    },
  );
  app.post(
    "/api/v1/consents",
    {
      config: { allow: "customers.manage" },
      schema: {
        tags: ["compliance"],
        body: consentInput,
        response: { 201: z.object({ id: z.number() }) },
      },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const input = request.body;
      const at = new Date(clock.now());
      if (Date.parse(input.givenAt) > at.getTime() + 60_000)
        throw invalid("consent-in-future", "Consent cannot be given in the future.");
      const id = await database.transact(async (tx) => {
        const { defaultCountry } = await readSettings(tx);
        const phone = parsePhone(input.phone, defaultCountry)?.e164;
        if (!phone) throw invalid("phone-invalid", "This is no telephone number.", { phone: input.phone });
        const added = await insertConsent(tx, { ...input, phone }, actor.userId);
        const detail = { phone: maskPhone(phone), form: input.form, source: input.source };
        await recordAudit(tx, { actor, at, action: "consent.given", noun: "consent", nounId: added, detail });
        return added;
      });
      return reply.code(201).send({ id });
    },
  );
  app.post(
    "/api/v1/consents/:id/withdraw",
    {
      config: { allow: "customers.manage" },
      schema: {
        tags: ["compliance"],
        params: idParam,
        body: consentWithdrawal,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const { id } = request.params;
      const { reason } = request.body;
      const at = new Date(clock.now());
      await database.transact(async (tx) => {
        const gone = await withdrawConsent(tx, id, { at, userId: actor.userId, reason });
        if (!gone) throw notFound("consent in force", id);
        const detail = { phone: maskPhone(gone.phone), reason };
        await recordAudit(tx, {
          actor,
          at,
          action: "consent.withdrawn",
          noun: "consent",
          nounId: id,
          detail,
        });
      });
      return reply.code(204).send(null);
    },
  );
}
