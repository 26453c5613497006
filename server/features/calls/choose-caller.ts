import { sql } from "kysely";
import type { ChosenCaller } from "../../../shared/caller-story.ts";
import type { Database, Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid } from "../../kernel/errors.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

interface Found {
  leadId: number | null;
  listId: number | null;
  customerId: number | null;
  name: string;
  timeZone: string | null;
}

/** The person of this id who has the number; undefined: nobody is. */
async function personOf(db: Db, phone: string, who: ChosenCaller): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select l.id as "leadId", l.list_id as "listId", l.customer_id as "customerId", l.name, l.time_zone as "timeZone"
      from leads l where l.id = ${who.leadId} and l.phone = ${phone}
    union all
    select null, null, c.id, c.name, c.time_zone from customers c join customer_phones p on p.customer_id = c.id
      where c.id = ${who.customerId} and p.phone = ${phone}`.execute(db);
  return rows[0];
}

async function setWho(tx: Tx, callId: string, { leadId, listId, customerId, name }: Found): Promise<void> {
  await tx
    .updateTable("calls")
    .set({
      lead_id: leadId,
      list_id: listId,
      name,
      ...(customerId !== null && { customer_id: customerId }),
    })
    .where("id", "=", callId)
    .execute();
}

export interface ChooseCaller {
  /** Several people have the number: this one is on the line. Errors: 409 `no-call`, `caller-is-known`; 422 `caller-unknown`. */
  chooseCaller(userId: number, who: ChosenCaller): Promise<void>;
}

/** Who of a household or a company calls is for the agent to say. */
export function createChooseCaller(deps: {
  database: Database;
  callOf: (userId: number) => ActiveCall | undefined;
  runner: CallRunner;
}): ChooseCaller {
  return {
    async chooseCaller(userId, who) {
      const call = deps.callOf(userId);
      if (!call || call.core.agentUserId !== userId) throw conflict("no-call", "You are on no call.");
      if (call.plan.direction !== "inbound")
        throw conflict("caller-is-known", "Whom we called is who was called.");
      const person = await personOf(deps.database.db, call.plan.phone, who);
      if (!person) throw invalid("caller-unknown", "Nobody of this id has this number.");
      const { leadId, listId, name } = person;
      Object.assign(call.plan, { leadId, listId, name });
      call.customerId = person.customerId ?? call.customerId;
      const data = { name, leadId, customerId: call.customerId };
      const { promise, resolve } = Promise.withResolvers<void>();
      deps.runner.note(call, "caller-chosen", {
        data,
        also: (tx) => setWho(tx, call.id, person),
        after: resolve,
      });
      deps.runner.changed(call);
      await promise;
    },
  };
}
