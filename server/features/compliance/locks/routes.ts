import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import { leadLock, lockInput, lockLift } from "../../../../shared/locks.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Db, Tx } from "../../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../../kernel/errors.ts";
import { phoneFor, type Principal } from "../../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { recordAudit } from "../../audit/index.ts";
import { insertLeadEvent } from "../../lists/index.ts";
import { numbersOf } from "../consents/queries.ts";
import { addDoNotCall } from "../queries.ts";
import { deleteLocks, locksOn } from "./queries.ts";

const schema = { tags: ["leads"], params: idParam };

async function phonesOf(db: Db, leadId: number): Promise<string[]> {
  const phones = await numbersOf(db, { leadId });
  if (phones.length === 0) throw notFound("lead", leadId);
  return phones;
}

/** Into the audit log and the lead's history. */
async function tell(
  tx: Tx,
  step: { actor: Principal; at: Date; leadId: number; type: "locked" | "unlocked" },
  data: { reason: string; until: string | null },
): Promise<void> {
  const { actor, at, leadId, type } = step;
  await insertLeadEvent(tx, { leadId, at, type, byUserId: actor.userId, data });
  await recordAudit(tx, { actor, at, action: `lead.${type}`, noun: "lead", nounId: leadId, detail: data });
}

/** Do-not-redial locks by hand: set by who works with leads, lifted by who answers for the law. */
export function lockRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/leads/:id/locks",
    { config: { allow: "leads.see" }, schema: { ...schema, response: { 200: pageOf(leadLock) } } },
    async (request) => {
      const show = phoneFor(principalOf(request));
      const phones = await phonesOf(database.db, request.params.id);
      const rows = await locksOn(database.db, phones, new Date(clock.now()));
      return onePage(
        rows.map((row) => ({
          phone: show(row.phone),
          reason: row.reason,
          until: row.expires_at?.toISOString() ?? null,
          by: row.by,
          createdAt: row.created_at.toISOString(),
        })),
      );
    },
  );
  app.post(
    "/api/v1/leads/:id/locks",
    {
      config: { allow: ["leads.import", "compliance.manage"] },
      schema: { ...schema, body: lockInput },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const { reason, until } = request.body;
      const [at, leadId] = [new Date(clock.now()), request.params.id];
      if (until !== null && Date.parse(until) <= at.getTime())
        throw invalid("lock-in-the-past", "A lock ends in the future.", { until });
      await database.transact(async (tx) => {
        const expiresAt = until === null ? null : new Date(until);
        const entry = { campaignId: null, source: "lock", reason, expiresAt, createdBy: actor.userId };
        await addDoNotCall(
          tx,
          (await phonesOf(tx, leadId)).map((phone) => ({ ...entry, phone })),
        );
        await tell(tx, { actor, at, leadId, type: "locked" }, { reason, until });
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/leads/:id/locks/lift",
    { config: { allow: "compliance.manage" }, schema: { ...schema, body: lockLift } },
    async (request, reply) => {
      const actor = principalOf(request);
      const [at, leadId] = [new Date(clock.now()), request.params.id];
      await database.transact(async (tx) => {
        if ((await deleteLocks(tx, await phonesOf(tx, leadId))) === 0)
          throw conflict("no-lock", "No number of this lead is locked.");
        await tell(tx, { actor, at, leadId, type: "unlocked" }, { reason: request.body.reason, until: null });
      });
      return reply.code(204).send(null);
    },
  );
}
