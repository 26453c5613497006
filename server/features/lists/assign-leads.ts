import { sql } from "kysely";
import type { LeadAssignment } from "../../../shared/assign-leads.ts";
import { idParam } from "../../../shared/common.ts";
import { leadAssignment, leadsAssigned } from "../../../shared/assign-leads.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import type { By } from "./change-lead.ts";
import { compileConditions } from "./filter/compile.ts";
import { requireList } from "./save-list.ts";
import "./tables.ts";

/** Errors (422): `assign-unknown-target`. */
async function checkTarget(tx: Tx, to: LeadAssignment["to"]): Promise<void> {
  if ("anybody" in to) return;
  const wanted = "unitId" in to ? [to.unitId] : [...new Set(to.userIds)];
  const found = await tx
    .selectFrom("unitId" in to ? "org_units" : "users")
    .select("id")
    .where("id", "in", wanted)
    .execute();
  if (found.length < wanted.length)
    throw invalid("assign-unknown-target", "One of these agents or units does not exist.");
}

/** Gives leads of the list to agents in turn, to a unit, or to anybody; how many. */
export async function assignLeads(tx: Tx, listId: number, input: LeadAssignment, by: By): Promise<number> {
  await requireList(tx, listId);
  const { conditions, to } = input;
  await checkTarget(tx, to);
  const userIds = "userIds" in to ? to.userIds : [];
  const unitId = "unitId" in to ? to.unitId : null;
  const { rows } = await sql<{ n: number }>`
    with picked as materialized (
      select l.id, row_number() over (order by l.id) - 1 as n from leads l
      where l.list_id = ${listId} and l.status in ('ready', 'callback')
        and ${conditions ? compileConditions(conditions, "l", by.at.getTime()) : sql`true`}
        and ${input.onlyUnassigned ? sql`l.owner_user_id is null and l.owner_unit_id is null` : sql`true`}
      order by l.id limit ${input.limit}
    ), given as (
      update leads set owner_unit_id = ${unitId}::integer,
        owner_user_id = (${userIds}::integer[])[1 + picked.n % greatest(1, ${userIds.length}::integer)]
      from picked where leads.id = picked.id returning leads.id, owner_user_id
    ), told as (
      insert into lead_events (lead_id, at, type, by_user_id, data)
      select id, ${by.at}, 'assigned', ${by.userId}::integer,
        jsonb_build_object('userId', owner_user_id, 'unitId', ${unitId}::integer) from given
    )
    select count(*) as n from given`.execute(tx);
  return rows[0]!.n;
}

export function assignRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.post(
    "/api/v1/lists/:id/assign",
    {
      config: { allow: "leads.import" },
      schema: { tags: ["leads"], params: idParam, body: leadAssignment, response: { 200: leadsAssigned } },
    },
    async (request) => {
      const actor = principalOf(request);
      const { id } = request.params;
      const at = new Date(clock.now());
      return database.transact(async (tx) => {
        const assigned = await assignLeads(tx, id, request.body, { userId: actor.userId, at });
        const detail = { ...request.body, assigned };
        await recordAudit(tx, { actor, at, action: "leads.assigned", noun: "list", nounId: id, detail });
        return { assigned };
      });
    },
  );
}
