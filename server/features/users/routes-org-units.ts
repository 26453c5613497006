import { z } from "zod";
import { idParam } from "../../../shared/common.ts";
import { orgUnit, orgUnitInput } from "../../../shared/users.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { deleteOrgUnit, listOrgUnits, saveOrgUnit } from "./org-units.ts";

const manage = { allow: "users.manage" } as const;

export function orgUnitRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  const audited = (
    request: Parameters<typeof principalOf>[0],
    action: string,
    nounId: number,
    detail = {},
  ) => ({
    actor: principalOf(request),
    at: new Date(clock.now()),
    action,
    noun: "org-unit",
    nounId,
    detail,
  });
  app.get(
    "/api/v1/org-units",
    { config: { allow: "users.see" }, schema: { response: { 200: z.array(orgUnit) } } },
    async () => listOrgUnits(database.db),
  );
  app.post(
    "/api/v1/org-units",
    { config: manage, schema: { body: orgUnitInput, response: { 201: orgUnit } } },
    async (request, reply) => {
      const made = await database.transact(async (tx) => {
        const unit = await saveOrgUnit(tx, undefined, request.body);
        await recordAudit(tx, audited(request, "org-unit.created", unit.id, request.body));
        return unit;
      });
      return reply.code(201).send(made);
    },
  );
  app.put(
    "/api/v1/org-units/:id",
    { config: manage, schema: { params: idParam, body: orgUnitInput, response: { 200: orgUnit } } },
    async (request) =>
      database.transact(async (tx) => {
        const unit = await saveOrgUnit(tx, request.params.id, request.body);
        await recordAudit(tx, audited(request, "org-unit.changed", unit.id, request.body));
        return unit;
      }),
  );
  app.delete(
    "/api/v1/org-units/:id",
    { config: manage, schema: { params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await deleteOrgUnit(tx, id);
        await recordAudit(tx, audited(request, "org-unit.deleted", id));
      });
      return reply.code(204).send(undefined);
    },
  );
}
